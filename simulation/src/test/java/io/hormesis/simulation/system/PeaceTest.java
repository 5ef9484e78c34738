package io.hormesis.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.Place;
import io.hormesis.process.Application;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.Shop;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.generate.RouteLoad;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is asked of a system once its faults have ended: what has not come back is found. */
final class PeaceTest {
  private static final Duration WITHIN = Duration.ofSeconds(5);

  @Test
  void aSystemThatAnswersNothingNewIsFound() {
    List<Violation> found =
        after(simulation -> {
          simulation.world().network().cut((_, _) -> true, () -> {});
          new OnceMore(simulation.world(), simulation.callers()).play();
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
  void aMemberThatStaysBehindIsFound() {
    List<Violation> found =
        after(simulation -> {
          SystemWorld world = simulation.world();
          String deaf = members(world).getFirst();
          world.network().cut((_, to) -> to.equals(deaf), () -> {});
          for (int number = 1; number <= 40; number++) {
            simulation.callers().call("unheard-" + number, (_, _) -> {});
          }
          new Members(world).compare(Set.of(), WITHIN);
          return world.violations();
        });
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().kind()).isEqualTo("members level");
    assertThat(found.getFirst().sentence())
        .matches("members not level after PT5S: members of orders/\\d are at \\{.*=\\d+.*}");
  }

  @Test
  void membersThatAreLevelAreEqual() {
    List<Violation> found =
        after(simulation -> {
          new OnceMore(simulation.world(), simulation.callers()).play();
          new Members(simulation.world()).compare(Set.of(), WITHIN);
          return simulation.world().violations();
        });
    assertThat(found).isEmpty();
  }

  private static List<String> members(SystemWorld world) {
    return Objects.requireNonNull(world.placement().hosts().get(Place.parse("orders/0")));
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
