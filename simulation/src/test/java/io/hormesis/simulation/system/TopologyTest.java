package io.hormesis.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.injection.Fault;
import io.hormesis.server.ServerState;
import io.hormesis.server.SystemStatus;
import io.hormesis.server.SystemStatus.ServerStatus;
import io.hormesis.simulation.Shop;
import io.hormesis.simulation.generate.RouteLoad;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Servers come and go while the system runs. */
class TopologyTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final List<String> FOUNDERS = List.of("a1", "a2", "b1", "b2", "c1", "c2");

  @Test
  void aServerThatJoinsServesStatelessProcesses() {
    SimulatedSystem system = quiet();
    assertDone(system, system.join("a3", "b1"));
    awaitState(system, "a3", ServerState.READY);

    assertThat(server(system, "c2", "a3").orElseThrow().hosts()).containsExactly("prices");
    List<String> hosts = system.hosts("prices");
    hosts.forEach(it -> kill(system, it));
    for (String host : hosts) {
      awaitState(system, host, ServerState.DEAD);
    }
    assertReplied(system, FOUNDERS.stream().filter(system::isUp).toArray(String[]::new));
    assertReplied(system, "a3");
  }

  @Test
  void aServerThatIsDrainedServesNothingAndMayLeave() {
    SimulatedSystem system = quiet();
    assertDone(system, system.join("a3", "b1"));
    awaitState(system, "a3", ServerState.READY);

    assertRefused(system, system.changes("c1").leave("a3"), "must be drained before it leaves");
    assertDone(system, system.changes("c1").drain("a3"));
    awaitState(system, "a3", ServerState.DRAINING);
    assertThat(server(system, "a1", "a3").orElseThrow().hosts()).isEmpty();
    assertReplied(system, "a3", "a1");

    assertDone(system, system.changes("a1").leave("a3"));
    assertThat(system.passUntil(() -> server(system, "b2", "a3").isEmpty(), SOON)).isTrue();
    system.remove("a3");
    assertThat(system.close().violations()).isEmpty();
  }

  @Test
  void aFounderIsDrainedButDoesNotLeave() {
    SimulatedSystem system = quiet();
    String host = system.hosts("prices").getFirst();
    assertDone(system, system.changes("c1").drain(host));
    awaitState(system, host, ServerState.DRAINING);
    assertThat(server(system, "b1", host).orElseThrow().hosts()).doesNotContain("prices");
    assertReplied(system, FOUNDERS.toArray(String[]::new));

    assertRefused(system, system.changes("c1").leave(host), "keeps members of groups");
    assertDone(system, system.changes("c1").undrain(host));
    awaitState(system, host, ServerState.READY);
    assertThat(server(system, "b1", host).orElseThrow().hosts()).contains("prices");
    assertThat(system.close().violations()).isEmpty();
  }

  @Test
  void whatWasDecidedOutlivesEveryServer() {
    SimulatedSystem system = quiet();
    assertDone(system, system.join("a3", "b1"));
    awaitState(system, "a3", ServerState.READY);
    FOUNDERS.forEach(it -> kill(system, it));
    FOUNDERS.forEach(system::start);
    awaitState(system, "a3", ServerState.READY);
    assertRefused(system, system.changes("a1").drain("z9"), "server must be one of a1, a2, b1");
  }

  @Test
  void serversComeAndGoUnderLoadAndFaults() {
    for (long seed = 1; seed <= 5; seed++) {
      SystemPlan plan =
          SystemPlan.of(Shop.application(), new RouteLoad(Shop.application(), List.of()))
              .load(20, Duration.ofSeconds(30));
      SimulatedSystem system = SimulatedSystem.start(seed, plan);
      system.pass(Duration.ofSeconds(8));
      until(system, () -> system.join("b3", up(system)));
      system.pass(Duration.ofSeconds(8));
      until(system, () -> system.changes(up(system)).drain("b3"));
      system.pass(Duration.ofSeconds(5));
      assertThat(system.close().violations()).as("seed %d", seed).isEmpty();
    }
  }

  private static void kill(SimulatedSystem system, String server) {
    system.make(new Fault.Kill(server, Duration.ofMinutes(10)));
  }

  private static SimulatedSystem quiet() {
    return SimulatedSystem.start(1, SystemPlan.quiet(Shop.application()));
  }

  private static String up(SimulatedSystem system) {
    assertThat(system.passUntil(() -> FOUNDERS.stream().anyMatch(system::isUp), SOON)).isTrue();
    return FOUNDERS.stream().filter(system::isUp).findFirst().orElseThrow();
  }

  private static void assertDone(
      SimulatedSystem system, CompletableFuture<CallResult<Object>> change) {
    assertThat(ended(system, change)).isInstanceOf(CallResult.Replied.class);
  }

  private static void assertRefused(
      SimulatedSystem system, CompletableFuture<CallResult<Object>> change, String why) {
    assertThat(ended(system, change))
        .isInstanceOfSatisfying(
            CallResult.Declined.class, it -> assertThat(it.reason()).contains(why));
  }

  private static void assertReplied(SimulatedSystem system, String... at) {
    for (String server : at) {
      assertThat(ended(system, system.ask(new Shop.Prices.PriceOf(2), List.of(server))))
          .as("asked at %s", server)
          .isInstanceOf(CallResult.Replied.class);
    }
  }

  private static CallResult<Object> ended(
      SimulatedSystem system, CompletableFuture<CallResult<Object>> change) {
    assertThat(system.passUntil(change::isDone, SOON)).isTrue();
    return change.join();
  }

  private static void awaitState(SimulatedSystem system, String server, ServerState state) {
    for (String at : List.of("a1", "b2", "c1").stream().filter(system::isUp).toList()) {
      assertThat(
              system.passUntil(
                  () -> server(system, at, server).filter(it -> it.state() == state).isPresent(),
                  SOON.multipliedBy(3)))
          .as("%s is %s at %s", server, state.word(), at)
          .isTrue();
    }
  }

  private static Optional<ServerStatus> server(SimulatedSystem system, String at, String name) {
    return system.status(at).map(SystemStatus::servers).orElse(List.of()).stream()
        .filter(it -> it.name().equals(name))
        .findFirst();
  }

  /** Asks again until the register has decided. */
  private static void until(
      SimulatedSystem system,
      java.util.function.Supplier<CompletableFuture<CallResult<Object>>> change) {
    for (int tries = 0; tries < 20; tries++) {
      CompletableFuture<CallResult<Object>> asked = change.get();
      system.passUntil(asked::isDone, SOON);
      if (asked.isDone() && asked.join() instanceof CallResult.Replied<Object>) {
        return;
      }
    }
    throw new AssertionError("the register has not decided");
  }
}
