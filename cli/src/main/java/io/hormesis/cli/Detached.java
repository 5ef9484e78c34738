package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.keeper.DataFolder;
import io.hormesis.keeper.SystemRecord;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A system in the background: a launcher like any other keeps it, but one that no end of a shell
 * reaches, and whose words go to a log in the data folder.
 */
final class Detached {
  /** Names the log that it shares with its keeper, beside those of the servers. */
  static final String NAME = "keeper";

  private static final long LOOK_EVERY_MILLIS = 100;
  private static final int MOST_SHOWN_BYTES = 64 * 1024;

  /** What is ignored stays so in the launcher, which takes the place of this shell. */
  private static final List<String> DEAF_TO_THE_TERMINAL =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", NAME);

  private final Path data;
  private final PrintWriter out;

  Detached(Path data, PrintWriter out) {
    this.data = data;
    this.out = out;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @return the exit status of its launcher when that has ended before, after its words were shown
   * @throws io.hormesis.keeper.KeeperException when the data folder cannot be used
   */
  int start(ApplicationJars application, Settings settings, boolean fresh, Optional<Duration> time)
      throws IOException, InterruptedException {
    prepare(fresh);
    Path log = data.resolve(NAME + ".log");
    long begin = Files.exists(log) ? Files.size(log) : 0;
    Process keeper =
        new ProcessBuilder(command(application, settings, time))
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true)
            .start();
    Thread hook = Thread.ofPlatform().unstarted(keeper::destroy);
    // Whoever interrupts the start wants none of it.
    Runtime.getRuntime().addShutdownHook(hook);
    boolean ready = awaitReady(keeper);
    Runtime.getRuntime().removeShutdownHook(hook);
    if (ready) {
      tell(keeper.pid());
      return ExitStatus.DONE;
    }
    System.err.print(said(log, begin));
    return keeper.exitValue();
  }

  /** What was logged since; all there is when the log was emptied meanwhile. */
  private static String said(Path log, long begin) throws IOException {
    try (FileChannel channel = FileChannel.open(log);
        InputStream in =
            Channels.newInputStream(channel.position(channel.size() < begin ? 0 : begin))) {
      return new String(in.readNBytes(MOST_SHOWN_BYTES), UTF_8);
    }
  }

  /**
   * Refuses what cannot be before anything is started, and empties the folder when that is asked.
   */
  private void prepare(boolean fresh) {
    try (DataFolder folder = DataFolder.open(data)) {
      Leftovers.awaitEnd(data, System.err);
      if (fresh) {
        folder.empty();
      }
    }
  }

  private List<String> command(
      ApplicationJars application, Settings settings, Optional<Duration> time) {
    List<String> command = new ArrayList<>(DEAF_TO_THE_TERMINAL);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dhormesis.terminal=false");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("up", application.named().toAbsolutePath().toString()));
    command.addAll(List.of("--data", data.toString()));
    for (Setting setting : Setting.values()) {
      if (setting != Setting.DATA) {
        command.addAll(List.of("--" + setting.key(), settings.text(setting)));
      }
    }
    time.ifPresent(it -> command.addAll(List.of("--for", Durations.text(it))));
    return command;
  }

  private boolean awaitReady(Process keeper) throws InterruptedException {
    while (!keeper.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      if (KeeperRecord.read(data)
          .filter(it -> it.keeper().pid() == keeper.pid() && it.ready())
          .isPresent()) {
        return true;
      }
    }
    return false;
  }

  private void tell(long pid) {
    SystemRecord record = DataFolder.read(data).orElseThrow();
    record
        .servers()
        .forEach(it ->
            out.println(
                "server %s (region %s) at %s".formatted(it.name(), it.region(), it.edgeUrl())));
    String folder = ShellWord.quoted(data);
    out.println(
        "%s runs in the background, kept by process %d".formatted(record.application(), pid));
    out.println("stop it: ./hormesis down --data " + folder);
    out.println("look at it: ./hormesis status --data " + folder);
    out.println(
        "see a log: ./hormesis logs %s --data %s"
            .formatted(record.servers().getFirst().name(), folder));
  }
}
