package io.hormesis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One operating-system process, so that no other one is ever taken for it: numbers of processes are
 * given again, after a restart of the machine above all.
 *
 * @param born tells it from others that had or will have the number
 */
record ProcessMark(long pid, String born) {
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final Path PROC = Path.of("/proc");

  /** Of what a process says in {@code stat}, after its name: see proc(5). */
  private static final int STATE = 0;

  private static final int STARTED = 19;

  /** The mark of a process that runs; empty when it has ended. */
  static Optional<ProcessMark> of(long pid) {
    return born(pid).map(it -> new ProcessMark(pid, it));
  }

  /** The process, while it runs. */
  Optional<ProcessHandle> running() {
    return born(pid).filter(born::equals).flatMap(_ -> ProcessHandle.of(pid));
  }

  /**
   * Waits for its end.
   *
   * @return whether it has ended; false when the time is up before
   */
  boolean awaitEnd(Duration within) throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    Optional<ProcessHandle> running = running();
    while (running.isPresent() && System.nanoTime() < deadline) {
      try {
        running.get().onExit().get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException | ExecutionException _) {
        // Whether it runs is looked at again.
      }
      running = running();
    }
    return running.isEmpty();
  }

  private static Optional<String> born(long pid) {
    return Files.exists(PROC.resolve("self/stat"))
        ? bornInProc(pid)
        : ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .flatMap(it -> it.info().startInstant())
            .map(Object::toString);
  }

  /** Which boot of the machine, and at which of its ticks: no change of the clock moves these. */
  private static Optional<String> bornInProc(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      // Nobody has read the end of a zombie yet, but it has ended.
      boolean ended = words[STATE].equals("Z") || words[STATE].equals("X");
      return ended ? Optional.empty() : Optional.of(boot() + "/" + words[STARTED]);
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  private static String boot() throws IOException {
    return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
  }
}
