package io.hormesis.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.server.KeeperProtocol;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerSettings;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightFile;
import io.hormesis.storage.InFlightRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that talks with its keeper like a server and does nothing else. Arguments such as
 * {@code crash:a1} make one server behave otherwise.
 */
final class FakeServer {
  static final InFlightRequest REQUEST =
      new InFlightRequest("loans", "Loans.Lend", "4bf92f3577b34da6a3ce929d0e0e4736", "key", 1);
  private static final long LONGEST_LIFE_SECONDS = 120;

  /** Longer than a keeper waits for the last words of a process that has ended. */
  private static final long LATE_MILLIS = 1500;

  private FakeServer() {}

  public static void main(String... habits) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    String first = in.readLine();
    ServerSettings settings = KeeperProtocol.settings(first);
    Files.writeString(settings.data().resolve("settings-" + pid()), first);
    System.err.println("a line of the log of " + settings.server());
    System.out.println("a library prints what is no event");
    switch (habit(settings.server(), List.of(habits))) {
      case "crash" -> throw new IllegalStateException("a fault of the author");
      case "hopeless" -> tell(new ServerEvent.CannotStart("port 1 is in use"));
      case "mended" -> {
        if (lives(settings) > 1) {
          serve(in, settings);
        } else {
          tell(new ServerEvent.CannotStart("port 1 is in use"));
        }
      }
      case "halt" -> {
        InFlightFile file = InFlightFile.open(settings.data());
        file.begin(REQUEST).run();
        file.begin(REQUEST);
        Runtime.getRuntime().halt(7);
      }
      case "late" -> {
        boolean _ = new CountDownLatch(1).await(LATE_MILLIS, TimeUnit.MILLISECONDS);
        tellAfterTheEnd(new ServerEvent.CannotStart("port 1 is in use"), settings);
      }
      case "deaf" -> {
        boolean _ = new CountDownLatch(1).await(LONGEST_LIFE_SECONDS, TimeUnit.SECONDS);
      }
      default -> serve(in, settings);
    }
  }

  private static long lives(ServerSettings settings) throws IOException {
    try (Stream<Path> files = Files.list(settings.data())) {
      return files.filter(it -> it.toString().contains("settings-")).count();
    }
  }

  /** A child tells it once another server has heard from the keeper that this one ended. */
  private static void tellAfterTheEnd(ServerEvent event, ServerSettings settings)
      throws IOException {
    String other = settings.data().resolveSibling("a1").toString();
    String script =
        "for i in $(seq 1000); do grep -qs \"$1\" \"$2\"/words-* && break; done; echo \"$0\"";
    new ProcessBuilder(
            "/bin/sh", "-c", script, KeeperProtocol.line(event), settings.server(), other)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void serve(BufferedReader in, ServerSettings settings) throws IOException {
    tell(new ServerEvent.Started(pid()));
    tell(new ServerEvent.StateChanged(ServerState.STARTING, ""));
    tell(new ServerEvent.StateChanged(ServerState.READY, ""));
    Path words = settings.data().resolve("words-" + pid());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Files.writeString(words, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (line.contains("stop")) {
        return;
      }
    }
  }

  private static String habit(String server, List<String> habits) {
    return habits.stream()
        .filter(it -> it.endsWith(":" + server))
        .map(it -> it.substring(0, it.indexOf(':')))
        .findFirst()
        .orElse("serve");
  }

  private static void tell(ServerEvent event) {
    System.out.println(KeeperProtocol.line(event));
    System.out.flush();
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }
}
