package io.hormesis.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeRequest;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.process.Application;
import io.hormesis.process.RequestId;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.Shop;
import io.hormesis.simulation.Shop.Orders;
import io.hormesis.simulation.generate.RouteLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A whole application that brings no load of its own, under one seed. */
final class RouteLoadSystemTest {
  @Test
  void aCalmApplicationAnswersWhatIsDrawnFromItsRoutes() {
    SystemReport report =
        SystemSimulation.run(1, plan(Shop.application(), 20).faults(FaultProfile.CALM));
    assertThat(report.violations()).isEmpty();
    assertThat(report.requests()).isEqualTo(400 + 10); // ten more at rest
    assertThat(report.failed()).isZero();
    assertThat(report.malformed()).isZero();
    assertThat(report.acknowledged()).isGreaterThan(20);
    assertThat(report.repeated()).isGreaterThan(5);
  }

  @Test
  void anApplicationFullOfFaultsKeepsItsPromisesAndSoDoesAReplayedSeed() {
    for (long seed = 1; seed <= 2; seed++) {
      SystemReport report = SystemSimulation.run(seed, plan(Shop.application(), 30));
      assertThat(report.violations()).as("seed %d", seed).isEmpty();
      assertThat(report.faults()).as("seed %d", seed).isGreaterThanOrEqualTo(2);
      assertThat(report.acknowledged()).as("seed %d", seed).isGreaterThan(20);
      assertThat(SystemSimulation.run(seed, plan(Shop.application(), 30)).hash())
          .isEqualTo(report.hash());
    }
  }

  @Test
  void aDamageThatHappensIsFound() {
    Application cursed =
        Shop.application()
            .never(
                "anybody orders anything",
                history ->
                    history.acknowledged(Orders.Place.class).stream()
                        .limit(1)
                        .map(it -> it.reply().customer() + " did")
                        .toList());
    SystemReport report = SystemSimulation.run(1, plan(cursed, 10).faults(FaultProfile.CALM));
    assertThat(report.violations()).hasSize(1);
    assertThat(report.violations().getFirst().sentence())
        .contains("anybody orders anything: ", " did");
  }

  @Test
  void anotherReplyUnderTheSameKeyIsFound() {
    SystemWorld world = new SystemWorld(1, plan(Shop.application(), 1), Optional.empty());
    Repeats repeats = new Repeats(world, _ -> {});
    repeats.watch("k");
    EdgeRequest request = EdgeRequest.post("/orders", "{}", "k");
    assertThat(repeats.news(request, asked("first"))).isTrue();
    assertThat(repeats.news(request, asked("first"))).isFalse();
    assertThat(world.violations()).isEmpty();
    assertThat(repeats.news(request, asked("second"))).isFalse();
    assertThat(world.violations())
        .extracting(Violation::toString)
        .containsExactly(
            "0.000 s: the same key must get the same reply, but Place[id=RequestId[value=k], customer=ann, pieces=1] got second after first");
    assertThat(repeats.news(EdgeRequest.post("/orders", "{}", "l"), asked("third"))).isTrue();
  }

  private static SystemPlan plan(Application application, int seconds) {
    return SystemPlan.of(application, new RouteLoad(application, List.of()))
        .load(20, Duration.ofSeconds(seconds));
  }

  private static ObservedHistory.Asked asked(Object reply) {
    return new ObservedHistory.Asked(
        new Orders.Place(new RequestId("k"), "ann", 1),
        CompletableFuture.completedFuture(new CallResult.Replied<>("orders/0", reply, true)));
  }
}
