package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.process.Damage;
import io.hormesis.server.Redundancy;
import io.hormesis.server.SystemStatus;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.Injector;
import io.hormesis.trial.Audit;
import io.hormesis.trial.Bookkeeper;
import io.hormesis.trial.Linearizability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Runs a whole application through one seed and says what it showed. */
public final class SystemSimulation {
  private static final Duration STARTED = Duration.ofSeconds(3);
  private static final Duration POLL_EVERY = Duration.ofMillis(100);
  private static final Duration READ_WITHIN = Duration.ofSeconds(30);
  private static final int READS_UNDER_WAY = 32;

  private final SystemWorld world;
  private final Bookkeeper books;
  private final Callers callers;

  private SystemSimulation(long seed, SystemPlan plan, Optional<Consumer<String>> trace) {
    world = new SystemWorld(seed, plan, trace);
    books = new Bookkeeper(plan.workload(), Callers.DEADLINE);
    callers = new Callers(world, books);
  }

  /** Runs a seed. */
  public static SystemReport run(long seed, SystemPlan plan) {
    return new SystemSimulation(seed, plan, Optional.empty()).run();
  }

  /** Runs a seed and tells each event as a line. */
  public static SystemReport traced(long seed, SystemPlan plan, Consumer<String> trace) {
    return new SystemSimulation(seed, plan, Optional.of(trace)).run();
  }

  private SystemReport run() {
    long end = STARTED.plus(world.plan().lasts()).toNanos();
    Injector injector =
        new Injector(
            world.time(),
            world.log(),
            world,
            world
                .plan()
                .faults()
                .draw(
                    Dice.of(world.seed(), "faults"),
                    world.servers(),
                    STARTED.plus(world.plan().lasts())));
    world.start();
    injector.start();
    callers.callFrom(STARTED.toNanos(), end);
    runUntil(end);
    injector.healAll();
    Duration wholeAfter = awaitWhole(end);
    readBack();
    world.plan().application().damages().forEach(this::judge);
    compareMembers();
    return report(injector, wholeAfter);
  }

  private void runUntil(long nanos) {
    world.time().runUntil(nanos);
  }

  private Duration awaitWhole(long end) {
    long limit = end + world.plan().wholeWithin().toNanos();
    Optional<String> missing = missing();
    while (missing.isPresent() && world.time().nanos() < limit) {
      runUntil(world.time().nanos() + POLL_EVERY.toNanos());
      missing = missing();
    }
    missing.ifPresent(it ->
        world.violated(
            "not whole %s after the last fault: %s".formatted(world.plan().wholeWithin(), it)));
    return Duration.ofNanos(world.time().nanos() - end);
  }

  /** What is missing to a whole system, as every server sees it. */
  private Optional<String> missing() {
    if (callers.underWay() > 0) {
      return Optional.of(callers.underWay() + " requests without an end");
    }
    for (String name : world.servers()) {
      Optional<SystemStatus> status = world.server(name).running().map(this::status);
      Optional<String> here =
          status.isEmpty() ? Optional.of(name + " is down") : Redundancy.missing(status.get());
      if (here.isPresent()) {
        return here.map(it -> "%s says: %s".formatted(name, it));
      }
    }
    return Optional.empty();
  }

  private SystemStatus status(SimulatedServer.Running running) {
    var status = running.server().status();
    world.runUntil(status::isDone, Duration.ofSeconds(1));
    return status.getNow(new SystemStatus("", "", "down", List.of(), List.of(), List.of()));
  }

  /** Reads every write back, the targets first; the others learn of it by notices. */
  private void readBack() {
    Audit audit = books.audit();
    settle(audit, audit.targets(), (_, _) -> true);
    settle(audit, audit.others(), audit::enough);
  }

  private void settle(
      Audit audit, Collection<EdgeRequest> requests, BiPredicate<EdgeRequest, EdgeReply> enough) {
    long limit = world.time().nanos() + READ_WITHIN.toNanos();
    Map<EdgeRequest, EdgeReply> last = new HashMap<>();
    List<EdgeRequest> open = List.copyOf(requests);
    while (!open.isEmpty() && world.time().nanos() < limit) {
      for (int from = 0; from < open.size(); from += READS_UNDER_WAY) {
        read(open.subList(from, Math.min(open.size(), from + READS_UNDER_WAY)), last);
      }
      List<EdgeRequest> still = new ArrayList<>();
      for (EdgeRequest request : open) {
        EdgeReply reply = last.get(request);
        if (reply == null || !enough.test(request, reply)) {
          still.add(request);
        }
      }
      open = still;
    }
    requests.forEach(it -> audit.settled(it, Optional.ofNullable(last.get(it))));
  }

  /** Asks all at once and keeps the real replies. */
  private void read(List<EdgeRequest> requests, Map<EdgeRequest, EdgeReply> last) {
    for (EdgeRequest request : requests) {
      callers.ask(
          request,
          reply -> reply.filter(it -> it.status() < 500).ifPresent(it -> last.put(request, it)));
    }
    world.runUntil(() -> callers.underWay() == 0, Callers.DEADLINE.plusSeconds(1));
  }

  private void judge(Damage damage) {
    switch (damage.judge(world.told())) {
      case Damage.Judgement.Absent _ -> {}
      case Damage.Judgement.Happened(List<String> times) ->
          times.forEach(it -> world.violated("%s: %s".formatted(damage.name(), it)));
      case Damage.Judgement.NotJudged(String why) ->
          world.violated("%s: not judged: %s".formatted(damage.name(), why));
    }
  }

  /** Members of a partition are equal at an equal index of their logs. */
  private void compareMembers() {
    Map<String, Map<Long, Long>> seen = new TreeMap<>();
    for (String name : world.servers()) {
      world
          .server(name)
          .running()
          .ifPresent(it ->
              it.server()
                  .checksums()
                  .forEach((place, state) -> {
                    Long other =
                        seen.computeIfAbsent(place, _ -> new HashMap<>())
                            .putIfAbsent(state.index(), state.checksum());
                    if (other != null && other != state.checksum()) {
                      world.violated(
                          "members of %s must be equal at index %d, but that of %s is not"
                              .formatted(place, state.index(), name));
                    }
                  }));
    }
  }

  private SystemReport report(Injector injector, Duration wholeAfter) {
    var account = books.account(world.time().nanos());
    account.findings().forEach(world::violated);
    books.history().ifPresent(this::judge);
    return new SystemReport(
        world.seed(),
        world.log().hash(),
        world.time().events(),
        injector.metByKind(),
        account.requests().sent(),
        account.writes().acknowledged(),
        account.requests().failed(),
        callers.malformed(),
        callers.repeated(),
        wholeAfter,
        world.violations());
  }

  private void judge(Linearizability.Result result) {
    switch (result) {
      case Linearizability.Result.Linearizable _ -> {}
      case Linearizability.Result.NotLinearizable broken -> world.violated(broken.sentence());
      case Linearizability.Result.Undecided(String key, int visited) ->
          world.violated("history of %s is undecided after %d steps".formatted(key, visited));
    }
  }
}
