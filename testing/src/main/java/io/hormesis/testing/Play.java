package io.hormesis.testing;

import io.hormesis.injection.Fault;
import io.hormesis.simulation.system.SimulatedSystem;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What happens in a lab under one seed: the system once it is started, and the diary. */
final class Play {
  private static final Duration POLL_EVERY = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration A_DAY = Duration.ofHours(24);

  private final long seed;
  private final Diary diary = new Diary();
  private Optional<SimulatedSystem> started = Optional.empty();

  Play(long seed) {
    this.seed = seed;
  }

  long seed() {
    return seed;
  }

  void start(SystemPlan plan) {
    if (started.isPresent()) {
      throw new IllegalStateException(
          "lab must be started once, but %s runs in it already: write another test"
              .formatted(system().plan().application().name()));
    }
    started = Optional.of(SimulatedSystem.start(seed, plan));
    note("started %s on %s", plan.application().name(), system().servers());
    refuse(system().violations());
  }

  SimulatedSystem system() {
    return started.orElseThrow(() ->
        new IllegalStateException(
            "lab must be started before it is used, but is not: call lab.start with your application first"));
  }

  Optional<Long> hash() {
    return started.map(SimulatedSystem::hash);
  }

  /** Lets time go by until the end of what is under way, which has a deadline. */
  <T> T await(CompletableFuture<T> underWay) {
    if (!system().passUntil(underWay::isDone, LONGEST)) {
      throw new IllegalStateException("no end within %s of virtual time".formatted(LONGEST));
    }
    return underWay.join();
  }

  void pass(Duration time) {
    check(time);
    system().pass(time);
  }

  private static void check(Duration time) {
    if (time.isNegative() || time.compareTo(A_DAY) > 0) {
      throw new IllegalArgumentException(
          "time must be 0 to 24 h of virtual time, but was %s: choose one between".formatted(time));
    }
  }

  /** Lets time go by until something is so, at most so long; false when it has not come to be. */
  boolean passUntil(BooleanSupplier met, Duration atMost) {
    check(atMost);
    Duration limit = system().now().plus(atMost);
    boolean is = met.getAsBoolean();
    while (!is && system().now().compareTo(limit) < 0) {
      system().pass(POLL_EVERY);
      is = met.getAsBoolean();
    }
    return is;
  }

  void note(String what, Object... values) {
    diary.note(system().now(), what.formatted(values));
  }

  Diary diary() {
    return diary;
  }

  /** Ends the play, and fails when a promise was broken or a fault was never met. */
  SystemReport judge() {
    SystemReport report = system().close();
    List<Fault> unmet = system().unmet();
    refuse(report.violations());
    if (!unmet.isEmpty()) {
      throw new AssertionError(
          "inconclusive: each fault must be met, but %s never was, so the test has not tested it: make it when and where the system would feel it, and give it time"
              .formatted(unmet));
    }
    return report;
  }

  private void refuse(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new AssertionError(
          "%s must keep its promises, but did not: %s"
              .formatted(
                  system().plan().application().name(),
                  violations.stream().map(Violation::toString).collect(Collectors.joining("; "))));
    }
  }
}
