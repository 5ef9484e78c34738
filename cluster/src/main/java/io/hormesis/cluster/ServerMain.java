package io.hormesis.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hormesis.server.KeeperCommand;
import io.hormesis.server.KeeperProtocol;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * One server as an operating-system process. Its keeper talks to it on standard input: first its
 * settings, then a word a line; the end of the input is the end of the keeper, and of the server.
 * On standard output it tells its keeper what becomes of it.
 */
public final class ServerMain {
  private static final int CANNOT_START = 2;
  private static final long LATEST_NANOS = 4_000_000_000L;
  private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);

  private final KeeperLine keeper;

  private ServerMain(PrintStream out) {
    this.keeper = KeeperLine.on(out);
  }

  public static void main(String... arguments) throws IOException {
    // An application writes and reads the same text on every server, whatever is set there.
    Locale.setDefault(Locale.ROOT);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    // What any library prints must not look like a word of ours.
    System.setOut(System.err);
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
    new ServerMain(out).run(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
  }

  private void run(BufferedReader in) throws IOException {
    String first = in.readLine();
    if (first == null) {
      end(CANNOT_START);
      return;
    }
    RunningServer server;
    try {
      ServerSettings settings = KeeperProtocol.settings(first);
      server = RunningServer.start(settings, keeper);
    } catch (Throwable failure) { // an application's classes may be broken in any way
      LOG.error("cannot start", failure);
      keeper.accept(new ServerEvent.CannotStart(String.valueOf(failure.getMessage())));
      keeper.close();
      end(CANNOT_START);
      return;
    }
    listen(in, server);
    stop(server);
    keeper.close();
    end(0);
  }

  /** Until the keeper says stop, or is no more. */
  private static void listen(BufferedReader in, RunningServer server) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      KeeperCommand word = KeeperProtocol.word(line).orElse(null);
      switch (word) {
        case null -> LOG.warn("not a word of a keeper: {}", line);
        case KeeperCommand.ProcessEnded ended -> server.processEnded(ended);
        case KeeperCommand.ServerDown down -> server.serverDown(down);
        case KeeperCommand.Stop _ -> {
          return;
        }
      }
    }
    LOG.warn("the keeper is gone: this server stops");
  }

  /** Stops in order; whatever holds that up, the process ends soon after its keeper. */
  private static void stop(RunningServer server) {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread.ofPlatform().daemon().name("last-resort").start(() -> haltUnless(stopped));
    server.stop();
    stopped.countDown();
  }

  private static void haltUnless(CountDownLatch stopped) {
    try {
      if (!stopped.await(LATEST_NANOS, TimeUnit.NANOSECONDS)) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // Threads of libraries must not keep a process alive that has nothing left to do.
  private static void end(int status) {
    System.exit(status);
  }
}
