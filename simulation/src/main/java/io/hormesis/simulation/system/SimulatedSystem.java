package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.edge.FailoverClient;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.placement.Plan;
import io.hormesis.injection.Fault;
import io.hormesis.server.SystemChanges;
import io.hormesis.server.SystemStatus;
import io.hormesis.simulation.Dice;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A whole system that somebody plays with: it is asked, broken and watched in whatever order, and
 * virtual time goes by only while it is told to. {@link SystemSimulation} is one such play, the
 * same for every application.
 *
 * <p>Everything runs on the caller's thread. The same seed, plan and calls give the same run.
 */
public final class SimulatedSystem {
  private final SystemSimulation run;
  private final SystemWorld world;
  private final Dice dice;
  private final Map<List<String>, FailoverClient> client = new HashMap<>();

  private SimulatedSystem(long seed, SystemPlan plan) {
    run = new SystemSimulation(seed, plan, Optional.empty());
    world = run.world();
    dice = Dice.of(seed, "asks");
  }

  /** Starts a system; 3 s later, when it is first seen, it is whole unless the plan has faults. */
  public static SimulatedSystem start(long seed, SystemPlan plan) {
    SimulatedSystem system = new SimulatedSystem(seed, plan);
    system.run.begin();
    system.run.runUntil(SystemSimulation.STARTED.toNanos());
    return system;
  }

  public SystemPlan plan() {
    return world.plan();
  }

  /** Virtual time since the servers were started. */
  public Duration now() {
    return Duration.ofNanos(world.time().nanos());
  }

  /** Lets so much time go by. */
  public void pass(Duration time) {
    run.runUntil(now().plus(time).toNanos());
  }

  /** Lets time go by until something is so, at most so long; false when it has not come to be. */
  public boolean passUntil(BooleanSupplier met, Duration atMost) {
    world.runUntil(met, atMost);
    return met.getAsBoolean();
  }

  /** The names of all servers, region by region. */
  public List<String> servers() {
    return world.servers();
  }

  /** The servers that a process is placed on, up or down, sorted. */
  public List<String> hosts(String process) {
    Plan placement = world.placement();
    return servers().stream().filter(it -> placement.processesOf(it).contains(process)).toList();
  }

  public boolean isUp(String server) {
    return world.isUp(server);
  }

  /** The system as a server knows it; empty when that server is down. */
  public Optional<SystemStatus> status(String server) {
    return world.server(server).running().map(run::status);
  }

  /** What is missing to a whole system, as every server sees it. */
  public Optional<String> missing() {
    return run.missing();
  }

  /**
   * Starts a server that the system was not founded with, and asks another one to let it in.
   *
   * @param at the server that is asked
   * @return the register's word on it
   */
  public CompletableFuture<CallResult<Object>> join(String server, String at) {
    world.add(server);
    return changes(at).join(SystemWorld.address(server));
  }

  /** Ends a server that has left the system. */
  public void remove(String server) {
    world.remove(server);
  }

  /** What an operator may change of the system, at one of its servers. */
  public SystemChanges changes(String at) {
    return world
        .server(at)
        .running()
        .orElseThrow(() -> new IllegalStateException(at + " is down"))
        .server()
        .changes();
  }

  /**
   * Asks for something as a process would, at one of these servers that is up.
   *
   * @param message a request of a contract of the application
   * @return how it ended, within 2 s
   */
  public CompletableFuture<CallResult<Object>> ask(Record message, List<String> at) {
    List<String> up = at.stream().filter(this::isUp).toList();
    if (up.isEmpty()) {
      return CompletableFuture.completedFuture(
          new CallResult.Refused<>(
              "", CallResult.Cause.UNAVAILABLE, "none of %s is up".formatted(at)));
    }
    String server = dice.pick(up);
    ObservedHistory.Asked asked =
        ObservedHistory.asked(world.server(server).running().orElseThrow(), message, dice);
    CompletableFuture<CallResult<Object>> ended = asked.ending().copy();
    world
        .time()
        .after(
            Callers.DEADLINE.toNanos(),
            () ->
                ended.complete(
                    new CallResult.Unknown<>("", "no end by the deadline at " + server)));
    var _ = ended.thenRun(() -> world.told().told(asked));
    return ended;
  }

  /**
   * Sends a call over HTTP, from door to door of these servers as every client does.
   *
   * @return the reply; fails with a {@link io.hormesis.edge.NoReplyException} when there is none
   *     within 2 s
   */
  public CompletableFuture<EdgeReply> call(EdgeRequest request, List<String> at) {
    CompletableFuture<EdgeReply> ended = new CompletableFuture<>();
    FailoverClient through =
        client.computeIfAbsent(at, it -> run.callers().throughOnly(it, "doors of " + it));
    run.callers()
        .send(
            through,
            request,
            (reply, failure) -> {
              if (reply != null) {
                ended.complete(reply);
              } else if (failure != null) {
                ended.completeExceptionally(failure);
              }
            });
    return ended;
  }

  /** What became of the plan's load so far. */
  public Goodput goodput() {
    return run.callers().goodput();
  }

  /** Of everything that happened so far: the same for the same seed, plan and calls. */
  public long hash() {
    return world.log().hash();
  }

  /** What the system did so far that must not be: a server does not start, a task failed. */
  public List<Violation> violations() {
    return List.copyOf(world.violations());
  }

  /** Makes a fault now. */
  public void make(Fault fault) {
    run.injector().make(fault);
  }

  /** The faults made here that were never met: they have tested nothing. */
  public List<Fault> unmet() {
    return run.injector().unmet();
  }

  /** Starts a server that is down, whenever it was to start. */
  public void start(String server) {
    world.server(server).start();
  }

  /**
   * Ends all faults and starts what is down. From now on the network loses and doubles nothing, and
   * nothing comes late.
   */
  public void heal() {
    run.injector().healAll();
    servers().forEach(this::start);
  }

  /** Lets go of a system that nobody wants to judge. */
  public void leave() {
    world.leave();
  }

  /**
   * Ends the run: lets the plan's load and faults end, heals, waits until the system is whole, and
   * judges: members equal, nothing lost, no declared damage.
   */
  public SystemReport close() {
    run.runUntil(Math.max(run.end(), world.time().nanos()));
    heal();
    try {
      return run.close();
    } finally {
      world.leave();
    }
  }
}
