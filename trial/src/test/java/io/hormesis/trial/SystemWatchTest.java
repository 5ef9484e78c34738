package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.server.ServerEvent;
import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SystemWatchTest {
  private static final long DEADLINE = 2_000_000_000L;

  private final List<TrialEvent> events = new ArrayList<>();
  private final LoadWindow window = new LoadWindow(DEADLINE);
  private final Faults faults = new Faults();

  /** Strikes when the load is steady, as long as it is not told to wait for something else. */
  private record Careful(Optional<String> other) implements Nemesis {

    @Override
    public Decision next(SystemStatus status, Optional<String> unsteadyReason, Duration at) {
      return other
          .or(() -> unsteadyReason)
          .<Decision>map(Waiting::new)
          .orElseGet(() -> new Attack("a1", "leads desk/0"));
    }

    @Override
    public void missed(Attack attack) {}
  }

  private SystemWatch watch(Optional<String> other, Duration since) {
    var target =
        new TrialPlan.Target(
            (_, _) -> new CompletableFuture<>(), () -> Optional.of(Samples.whole()));
    var plan =
        new TrialPlan(
            new TrialPlan.Load(1, Duration.ofMinutes(1), 7, 1),
            new TownLoad(),
            target,
            Optional.of(new TrialPlan.Strikes(new Careful(other), _ -> true)));
    return new SystemWatch(plan, faults, window, events::add, System.nanoTime() - since.toNanos());
  }

  @Test
  void whatServersNoticeIsToldWithoutALook() {
    SystemWatch watch = watch(Optional.empty(), Duration.ofSeconds(20));
    faults.killed(19_990, new Nemesis.Attack("a1", "leads desk/0"), Samples.whole(), true);
    watch.noticed(new ServerEvent.Elected("desk", 0, 7));
    watch.noticed(new ServerEvent.ServerGone("b1"));
    assertThat(events).isEmpty();
    watch.noticed(new ServerEvent.ServerGone("a1"));
    assertThat(events)
        .singleElement()
        .isInstanceOfSatisfying(
            TrialEvent.Detected.class, it -> assertThat(it.afterMillis()).isBetween(10L, 60_000L));
  }

  @Test
  void whatTheNemesisWaitsForIsToldOnceInAWhile() throws Exception {
    SystemWatch watch = watch(Optional.empty(), Duration.ofSeconds(20));
    watch.lookAndStrike();
    watch.lookAndStrike();
    assertThat(events)
        .filteredOn(TrialEvent.Waits.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            TrialEvent.Waits.class,
            it -> assertThat(it.unsteadyReason()).isEqualTo("the load has run for less than 3 s"));
    assertThat(events).noneMatch(TrialEvent.Struck.class::isInstance);
  }

  @Test
  void thatALoadHasJustBegunIsNotWorthALine() throws Exception {
    watch(Optional.empty(), Duration.ZERO).lookAndStrike();
    assertThat(events).noneMatch(TrialEvent.Waits.class::isInstance);
  }

  @Test
  void otherReasonsToWaitAreSeenInTheSystemItself() throws Exception {
    watch(Optional.of("b1 is starting"), Duration.ofSeconds(20)).lookAndStrike();
    assertThat(events).noneMatch(TrialEvent.Waits.class::isInstance);
  }
}
