package io.hormesis.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import io.hormesis.engine.delivery.Target;
import io.hormesis.process.Application;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.Shop;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.generate.RouteLoad;
import io.hormesis.trial.AcknowledgedWrites;
import io.hormesis.trial.Load;
import io.hormesis.trial.ReplyMeaning;
import io.hormesis.trial.TrialCall;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is asked of a system once its faults have ended: what has not come back is found. */
final class PeaceTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);

  @Test
  void aSystemThatAnswersNothingNewIsFound() {
    List<Violation> found =
        after(simulation -> {
          simulation.world().network().cut((_, _) -> true, () -> {});
          new QuiescenceCheck(simulation.world(), simulation.callers()).play();
          return simulation.world().violations();
        });
    assertThat(found).isNotEmpty();
    assertThat(found).allMatch(it -> it.kind().equals("once more"));
    assertThat(found)
        .extracting(Violation::sentence)
        .anyMatch(it ->
            it.startsWith("POST /orders must get a real reply from a system that is whole, "));
  }

  @Test
  void whatIsNotAnsweredWithoutOneServerIsFoundWritesToo() {
    List<Violation> found =
        after(simulation -> {
          simulation.world().network().cut((_, _) -> true, () -> {});
          new OneServerDownCheck(simulation.world(), simulation.callers()).play(List.of("b1"));
          return simulation.world().violations();
        });
    assertThat(found).extracting(Violation::kind).containsOnly("one down");
    assertThat(found)
        .extracting(Violation::sentence)
        .anyMatch(it -> it.startsWith("GET /"))
        .anyMatch(it ->
            it.matches(
                "POST /orders must get a real reply within 400 ms some time after the end of b1, but got .*"));
  }

  @Test
  void aLoadThatFailsEndsTheRunAndIsNamed() {
    SystemReport report =
        SystemSimulation.run(
            1,
            SystemPlan.of(Shop.application(), new FailingLoad())
                .load(20, Duration.ofSeconds(1))
                .faults(FaultProfile.CALM));
    assertThat(report.violations()).hasSize(1);
    assertThat(report.violations().getFirst().kind()).isEqualTo("run");
    assertThat(report.violations().getFirst().sentence())
        .startsWith(
            "run must go on to its end, but failed: java.lang.IllegalStateException: no idea");
  }

  @Test
  void aLoadThatFailsAtRepliesDoesNotPassForOneThatWritesNothing() {
    Load orders = new RouteLoad(Shop.application(), List.of());
    Load stumbling =
        new FailingLoad() {
          @Override
          public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
            return orders.draw(run, random, acknowledged);
          }
        };
    SystemReport report =
        SystemSimulation.run(
            1,
            SystemPlan.of(Shop.application(), stumbling)
                .load(20, Duration.ofSeconds(1))
                .faults(FaultProfile.CALM));
    assertThat(report.violations()).extracting(Violation::kind).containsOnly("load");
    assertThat(report.violations().getFirst().sentence())
        .matches(
            "load must say what a reply to \\w+ /.* means, but failed: java.lang.IllegalStateException: what\\?.*");
  }

  /** One without an idea what to send. */
  private static class FailingLoad implements Load {
    @Override
    public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
      throw new IllegalStateException("no idea");
    }

    @Override
    public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
      throw new IllegalStateException("what?");
    }
  }

  @Test
  void aMemberThatStaysBehindIsFound() {
    List<Violation> found =
        after(simulation -> {
          SystemWorld world = simulation.world();
          String deaf = members(world).getFirst();
          world.network().cut((_, to) -> to.equals(deaf), () -> {});
          for (int number = 1; number <= 40; number++) {
            simulation.callers().call("unheard-" + number, (_, _) -> {});
          }
          new Members(world).awaitLevel(Set.of(), WITHIN);
          return world.violations();
        });
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().kind()).isEqualTo("members level");
    assertThat(found.getFirst().sentence())
        .matches("members not level after 5000 ms: members of orders/\\d are at \\{.*=\\d+.*}");
  }

  @Test
  void membersThatAreLevelAreEqual() {
    List<Violation> found =
        after(simulation -> {
          new QuiescenceCheck(simulation.world(), simulation.callers()).play();
          Members members = new Members(simulation.world());
          members.awaitLevel(Set.of(), WITHIN);
          members.compare();
          return simulation.world().violations();
        });
    assertThat(found).isEmpty();
  }

  private static List<String> members(SystemWorld world) {
    return Objects.requireNonNull(world.placement().hosts().get(Target.parse("orders/0")));
  }

  /** What is seen of a calm system that has run for ten seconds. */
  private static List<Violation> after(Function<SystemSimulation, List<Violation>> seen) {
    Application shop = Shop.application();
    SystemPlan plan =
        SystemPlan.of(shop, new RouteLoad(shop, List.of()))
            .load(20, Duration.ofSeconds(10))
            .faults(FaultProfile.CALM);
    return WorldThread.run(() -> {
      SystemSimulation simulation = new SystemSimulation(1, plan, Optional.empty());
      simulation.begin();
      simulation.runUntil(simulation.end());
      return seen.apply(simulation);
    });
  }
}
