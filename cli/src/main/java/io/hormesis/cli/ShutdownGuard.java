package io.hormesis.cli;

import io.hormesis.simulation.WorldThread;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be said when the program ends before a simulation does: by a signal such as
 * Ctrl-C's, which is no failure, or by code of the application.
 */
final class ShutdownGuard implements AutoCloseable {
  private static final Duration HEARD_WITHIN = Duration.ofSeconds(2);

  private final PrintWriter err;
  private volatile Runnable lastWords = () -> {};
  private volatile boolean ending;
  private final Thread atExit = new Thread(this::exits, "early-end");

  /** Begins to wait for it. */
  ShutdownGuard(PrintWriter err) {
    this.err = err;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** What is run before the program ends. */
  void lastWords(Runnable words) {
    lastWords = words;
  }

  /** Says what the application did, and ends the program, though its code does not return. */
  void rejected(String why) {
    now(why, ExitStatus.REJECTED);
  }

  /** Ends the program when nobody reads what it says. */
  void unread() {
    if (!ending) {
      now(new UnwritableException().getMessage(), ExitStatus.INTERNAL);
    }
  }

  private void now(@Nullable String why, int status) {
    err.println("hormesis: " + why);
    sayLastWords();
    err.flush();
    Runtime.getRuntime().halt(status);
  }

  /** Whoever should read them may have stopped to read. */
  private void sayLastWords() {
    try {
      Thread.ofPlatform().daemon().start(lastWords).join(HEARD_WITHIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException _) {
      // The program is ending already.
    }
  }

  private void exits() {
    ending = true;
    if (signalled()) {
      sayLastWords();
    } else {
      rejected(
          "application must leave it to the platform when a process ends, but %s ended the program (System.exit): let it throw an exception instead"
              .formatted(exiting().orElse("it")));
    }
  }

  /** A signal ends the program on a thread that is named after it. */
  private static boolean signalled() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(it -> it.getName().matches("SIG[A-Z]+ handler"));
  }

  private static Optional<String> exiting() {
    Stream<Optional<String>> worlds =
        WorldThread.underWay().stream().filter(it -> exits(it.stack())).map(ApplicationCode::in);
    Stream<Optional<String>> others =
        Thread.getAllStackTraces().values().stream()
            .map(List::of)
            .filter(ShutdownGuard::exits)
            .map(ApplicationCode::in);
    return Stream.concat(worlds, others).flatMap(Optional::stream).findFirst();
  }

  private static boolean exits(List<StackTraceElement> stack) {
    return stack.stream().anyMatch(it -> it.getClassName().equals("java.lang.Shutdown"));
  }
}
