package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.process.Damage;
import io.hormesis.server.Redundancy;
import io.hormesis.server.ServerState;
import io.hormesis.server.ServiceState;
import io.hormesis.server.SystemStatus;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.FaultProfile.Planned;
import io.hormesis.simulation.Injector;
import io.hormesis.simulation.Origin;
import io.hormesis.simulation.WorldThread;
import io.hormesis.simulation.generate.UndrawableException;
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
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Runs a whole application through one seed and says what it showed. */
public final class SystemSimulation {
  /** When callers begin: servers need so long to start. */
  public static final Duration STARTED = Duration.ofSeconds(3);

  private static final Duration POLL_EVERY = Duration.ofMillis(100);
  private static final Duration READ_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final int READS_UNDER_WAY = 32;

  private final SystemWorld world;
  private final Bookkeeper books;
  private final Callers callers;
  private final Injector injector;

  SystemSimulation(long seed, SystemPlan plan, Optional<Consumer<String>> trace) {
    world = new SystemWorld(seed, plan, trace);
    books = new Bookkeeper(plan.workload(), Callers.DEADLINE);
    callers = new Callers(world, books);
    injector = new Injector(world.time(), world.log(), world, faults(seed, plan));
  }

  /** Runs a seed. */
  public static SystemReport run(long seed, SystemPlan plan) {
    return new SystemSimulation(seed, plan, Optional.empty()).runApart();
  }

  /** Runs a seed and tells each event as a line. */
  public static SystemReport traced(long seed, SystemPlan plan, Consumer<String> trace) {
    return new SystemSimulation(seed, plan, Optional.of(trace)).runApart();
  }

  /**
   * All faults that a seed has drawn for a plan, whatever its replay subset; the first is number 1.
   */
  public static List<Planned> faults(long seed, SystemPlan plan) {
    Dice dice = Dice.of(seed, "faults");
    return plan.faults().draw(dice, plan.names(), dispensable(seed, plan), end(plan));
  }

  /** The servers of one region: of each group at most one member. */
  private static List<String> dispensable(long seed, SystemPlan plan) {
    return plan.region(Dice.of(seed, "region").below(plan.regions()));
  }

  /** When callers and faults end, unless a replay subset ends earlier. */
  public static Duration end(SystemPlan plan) {
    return STARTED.plus(plan.lasts());
  }

  /** The replay subset of a plan without the faults and requests that would come after its end. */
  public static ReplaySubset happening(long seed, SystemPlan plan) {
    List<Planned> drawn = faults(seed, plan);
    ReplaySubset subset =
        plan.subset()
            .onlyFaults(
                IntStream.rangeClosed(1, drawn.size())
                    .filter(number -> happens(drawn, number, plan))
                    .boxed()
                    .toList());
    long sent = plan.requestsWithin(plan.subset().end(end(plan)).minus(STARTED));
    return subset.requests().map(it -> subset.onlyRequests(it.upTo(sent))).orElse(subset);
  }

  private static boolean happens(List<Planned> drawn, int number, SystemPlan plan) {
    Duration end = plan.subset().end(end(plan));
    return plan.subset().hasFault(number) && drawn.get(number - 1).at().compareTo(end) < 0;
  }

  SystemWorld world() {
    return world;
  }

  Callers callers() {
    return callers;
  }

  Injector injector() {
    return injector;
  }

  private SystemReport runApart() {
    return WorldThread.run("seed " + world.seed(), world.time()::events, this::run);
  }

  private SystemReport run() {
    try {
      begin();
      runUntil(end());
      return close();
    } catch (OutOfMemoryError | UndrawableException notOfThisSeed) {
      throw notOfThisSeed;
    } catch (RuntimeException | Error failure) {
      return brokenOff(failure);
    } finally {
      world.leave();
    }
  }

  /** Starts the servers; faults and load will come. */
  void begin() {
    world.start();
    SystemPlan plan = world.plan();
    List<Planned> drawn = faults(world.seed(), plan);
    injector.start(number -> happens(drawn, number, plan));
    callers.callFrom(STARTED.toNanos(), end());
    new Mailboxes(world).watch();
  }

  /** When load and faults end. */
  long end() {
    return world.plan().subset().end(end(world.plan())).toNanos();
  }

  /** Ends all faults, lets the system become whole again, and judges the run. */
  SystemReport close() {
    injector.healAll();
    Duration wholeAfter = awaitWhole(world.time().nanos());
    if (world.violations().isEmpty()) {
      new QuiescenceCheck(world, callers).play();
    }
    readBack();
    world.plan().application().damages().forEach(this::judge);
    Members members = new Members(world);
    if (world.violations().isEmpty()) {
      members.awaitLevel(injector.diskLost(), world.plan().wholeWithin());
    }
    members.compare();
    if (world.violations().isEmpty()) {
      new OneServerDownCheck(world, callers).play(dispensable(world.seed(), world.plan()));
    }
    return report(wholeAfter);
  }

  void runUntil(long nanos) {
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
            "whole",
            "not whole %d ms after the last fault: %s"
                .formatted(world.plan().wholeWithin().toMillis(), it)));
    return Duration.ofNanos(world.time().nanos() - end);
  }

  /** What is missing to a whole system, as every server sees it. */
  Optional<String> missing() {
    if (callers.underWay() > 0) {
      return Optional.of(callers.underWay() + " requests without an end");
    }
    return world.servers().stream().map(this::missingAt).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> missingAt(String name) {
    SimulatedServer server = world.server(name);
    boolean diskLost = injector.diskLost().contains(name);
    Optional<SystemStatus> status = server.running().map(this::status);
    if (status.isEmpty()) {
      return diskLost && server.unfit().isPresent()
          ? Optional.empty()
          : Optional.of(name + " is down");
    }
    Optional<String> speechless =
        status.get().servers().stream()
            .filter(it -> it.name().equals(name))
            .filter(it -> it.state() != ServerState.READY && it.reason().isEmpty())
            .findFirst()
            .map(it -> "%s is %s and does not say why".formatted(name, it.state().word()));
    return speechless
        .or(() -> Redundancy.missingBut(status.get(), injector.diskLost()))
        .map(it -> "%s says: %s".formatted(name, it));
  }

  SystemStatus status(SimulatedServer.Running running) {
    var status = running.server().status();
    world.runUntil(status::isDone, Duration.ofSeconds(1));
    return status.getNow(
        new SystemStatus("", "", ServiceState.DOWN, List.of(), List.of(), List.of()));
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
          request, reply -> reply.filter(EdgeReply::isReal).ifPresent(it -> last.put(request, it)));
    }
    world.runUntil(() -> callers.underWay() == 0, Callers.DEADLINE.plusSeconds(1));
  }

  /** What only looks like a damage goes with the notices that are still on their way. */
  private Damage.Judgement settled(Damage damage) {
    long limit = world.time().nanos() + READ_WITHIN.toNanos();
    Damage.Judgement judgement = damage.judge(world.told());
    while (judgement instanceof Damage.Judgement.Happened && world.time().nanos() < limit) {
      runUntil(world.time().nanos() + LOOK_AGAIN.toNanos());
      world.told().forgetAnswers();
      judgement = damage.judge(world.told());
    }
    return judgement;
  }

  private void judge(Damage damage) {
    switch (settled(damage)) {
      case Damage.Judgement.Absent _ -> {}
      case Damage.Judgement.Happened(List<String> times) ->
          times.forEach(it -> world.violated(damage.name(), "%s: %s".formatted(damage.name(), it)));
      case Damage.Judgement.NotJudged(String why) ->
          world.violated(
              damage.name() + " not judged", "%s: not judged: %s".formatted(damage.name(), why));
    }
  }

  /** Something failed where nobody catches it, such as the load, or what reads it back. */
  private SystemReport brokenOff(Throwable failure) {
    world.violated("run", "run must go on to its end, but failed: " + Origin.of(failure));
    return report(books.account(world.time().nanos()), Duration.ZERO);
  }

  private SystemReport report(Duration wholeAfter) {
    Bookkeeper.Account account = books.account(world.time().nanos());
    account.findings().forEach(it -> world.violated("books " + it.split(":", 2)[0], it));
    books.history().ifPresent(this::judge);
    return report(account, wholeAfter);
  }

  private SystemReport report(Bookkeeper.Account account, Duration wholeAfter) {
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
      case Linearizability.Result.NotLinearizable broken ->
          world.violated("history", broken.sentence());
      case Linearizability.Result.Undecided(String key, int visited) ->
          world.violated(
              "history undecided",
              "history of %s is undecided after %d steps".formatted(key, visited));
    }
  }
}
