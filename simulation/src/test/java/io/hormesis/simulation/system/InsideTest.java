package io.hormesis.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.server.MailboxFill;
import io.hormesis.server.Signal;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.Shop;
import io.hormesis.simulation.SimulatedClock;
import io.hormesis.simulation.SimulatedStrands;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is looked at inside servers while a system runs is found when it is wrong. */
class InsideTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SystemWorld world =
      new SystemWorld(1, SystemPlan.quiet(Shop.application()), Optional.empty());
  private final Incarnation life = new Incarnation("a1", 1);
  private final SimulatedStrands strands =
      new SimulatedStrands(
          world.time(),
          new SimulatedClock(world.time(), Duration.ZERO),
          Dice.of(1, "strands"),
          life,
          _ -> {});
  private final InvariantListener watching = new InvariantListener(world, strands, "a1", life);

  @Test
  void aMailboxOverItsBoundsIsFound() {
    Mailboxes mailboxes = new Mailboxes(world);
    mailboxes.check("a1", new MailboxFill("orders/0", 10, 10, 80, 80));
    assertThat(world.violations()).isEmpty();
    mailboxes.check("a1", new MailboxFill("orders/0", 11, 10, 81, 80));
    assertThat(world.violations())
        .extracting(Violation::sentence)
        .containsExactly(
            "mailbox of orders/0 at a1 must hold at most 10 messages of 80 bytes, but holds 11 of 81");
  }

  @Test
  void mailboxesAreLookedIntoAsLongAsTimeGoesBy() {
    new Mailboxes(world).watch();
    long before = world.time().events();
    pass(SECOND.multipliedBy(100));
    assertThat(world.time().events() - before).isEqualTo(1_000);
  }

  @Test
  void aRestartThatWasPlannedBringsBackNoServerThatWasLostLater() {
    SimulatedServer server = world.server("a1");
    server.start();
    world.crash("a1", false, SECOND.multipliedBy(2));
    server.start();
    world.crash("a1", false, SECOND.multipliedBy(9));
    pass(SECOND.multipliedBy(8));
    assertThat(server.isUp()).isFalse();
    assertThat(server.lives()).isEqualTo(2);
    pass(SECOND.multipliedBy(2));
    assertThat(server.isUp()).isTrue();
  }

  @Test
  void aWorldThatIsLeftRunsNothingMoreAndTellsNothing() {
    world.start();
    pass(SECOND);
    assertThat(world.isUp("a1")).isTrue();
    long hash = world.log().hash();
    world.leave();
    pass(SECOND);
    assertThat(world.isUp("a1")).isFalse();
    assertThat(world.log().hash()).isEqualTo(hash);
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> world.isUp("a3"))
        .hasMessage("server must be one of [a1, a2, b1, b2, c1, c2], but was \"a3\": correct it");
  }

  @Test
  void anAskWithoutAnEndIsFoundAfterItsDeadline() {
    watching.take(began(1));
    pass(SECOND);
    assertThat(world.violations()).isEmpty();
    pass(SECOND);
    assertThat(world.violations())
        .extracting(Violation::sentence)
        .containsExactly("Asked[] of orders at a1 must end by its deadline, but has no end yet");
  }

  @Test
  void anAskThatEndsOrWhoseServerDiesIsNoViolation() {
    watching.take(began(1));
    watching.take(
        new Signal.CallEnded(1, "orders", new Asked(), new CallResult.Unknown<>("", "late")));
    pass(SECOND.multipliedBy(2));
    watching.take(began(2));
    life.end(world.time().nanos());
    pass(SECOND.multipliedBy(2));
    assertThat(world.violations()).isEmpty();
  }

  @Test
  void aServerThatStandsStillIsGivenThatTime() {
    watching.take(began(1));
    strands.pauseUntil(SECOND.multipliedBy(3).toNanos());
    pass(SECOND.multipliedBy(3));
    assertThat(world.violations()).isEmpty();
    pass(SECOND);
    assertThat(world.violations()).hasSize(1);
  }

  @Test
  void aServerWhoseClockBeginsToRunSlowIsGivenSomeTimeAfterItsOwnDeadline() {
    watching.take(began(1));
    world.clock("a1").drift(-90);
    pass(SECOND.plusMillis(150));
    assertThat(world.violations()).isEmpty();
    pass(SECOND);
    assertThat(world.violations()).hasSize(1);
  }

  private void pass(Duration time) {
    world.runUntil(() -> false, time);
  }

  private Signal began(long call) {
    RequestContext context = RequestContext.begin(Trace.named("trace"), Priority.REQUEST);
    long deadline = world.clock("a1").nanos() + SECOND.toNanos();
    return new Signal.CallBegan(
        call, "orders", Target.of("archive"), new Asked(), context, deadline);
  }

  /** Something that is asked. */
  private record Asked() {}
}
