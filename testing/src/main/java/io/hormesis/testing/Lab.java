package io.hormesis.testing;

import io.hormesis.engine.placement.Partitions;
import io.hormesis.injection.Fault;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.server.SystemStatus;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Where a test plays with a whole application under one seed: starts it, asks it, breaks it, waits
 * in virtual time. Servers, replication, routing and front are those of real servers; only network,
 * disks, clocks, threads and randomness are simulated.
 *
 * <p>All of it runs on the test's own thread (a worker that waits has one of its own, and the test
 * stands still meanwhile), and only while the test waits for something. So a breakpoint anywhere
 * stops the whole world, for as long as one likes: no deadline runs on the clock on the wall.
 */
public final class Lab extends Caller {
  /** Longer than any test. */
  private static final Duration FOR_GOOD = Duration.ofDays(365);

  private static final Duration WHOLE_WITHIN = Duration.ofSeconds(30);

  private final Play play;
  private final RandomGenerator random;

  Lab(long seed) {
    this(new Play(seed));
  }

  private Lab(Play play) {
    super(play, "");
    this.play = play;
    random = Dice.of(play.seed(), "test").generator();
  }

  /** The number from which everything in this lab is drawn. */
  public long seed() {
    return play.seed();
  }

  /** For what the test itself draws; another one for each seed. */
  public RandomGenerator random() {
    return random;
  }

  /**
   * Starts an application on six servers in three regions, a1, a2, b1, b2, c1 and c2, and waits
   * until it is whole. Messages get late, lost and doubled as usual; nothing else goes wrong, and
   * nobody calls, unless the test does.
   */
  public void start(Application.Source source) {
    start(SystemPlan.quiet(source.application()));
    untilWhole();
  }

  /**
   * Starts an application on other servers, or with a load and faults beside what the test does;
   * they end with the plan's time, which the test goes on to in the end.
   */
  public void start(SystemPlan plan) {
    play.start(plan);
  }

  /** A caller in a region: one who knows the servers of that region only. */
  public Caller in(String region) {
    if (servers().stream().noneMatch(it -> it.substring(0, 1).equals(region))) {
      throw new IllegalArgumentException(
          "region must have servers, but \"%s\" has none: the servers are %s"
              .formatted(region, servers()));
    }
    return new Caller(play, region);
  }

  /** Makes a fault now. It must be met, or the test fails in the end. */
  public void make(Fault fault) {
    play.note("made %s", fault);
    play.system().make(fault);
  }

  /**
   * Kills all servers that run a process, until {@link #bringBack} or {@link #heal}. What else runs
   * on them goes with them: declare such processes apart to keep them.
   */
  public void lose(String process) {
    List<String> lost = hosts(process).stream().filter(play.system()::isUp).toList();
    if (lost.isEmpty()) {
      throw new IllegalStateException(
          "process %s must run somewhere to be lost, but its servers %s are down: lose it once"
              .formatted(process, hosts(process)));
    }
    play.note("lost %s: killed %s", process, lost);
    lost.forEach(it -> play.system().make(new Fault.Kill(it, FOR_GOOD)));
  }

  /** Starts all servers that run a process and are down, on their disks. */
  public void bringBack(String process) {
    List<String> down = hosts(process).stream().filter(it -> !play.system().isUp(it)).toList();
    if (down.isEmpty()) {
      throw new IllegalStateException(
          "process %s must be lost to be brought back, but all its servers %s are up: lose it first"
              .formatted(process, hosts(process)));
    }
    play.note("brought %s back", process);
    down.forEach(play.system()::start);
  }

  /**
   * Ends all faults and starts what is down. From now on messages are neither late nor lost nor
   * doubled.
   */
  public void heal() {
    play.note("healed");
    play.system().heal();
  }

  /** Virtual time since the servers were started. */
  public Duration now() {
    return play.system().now();
  }

  /** Lets so much virtual time go by: at most a day. */
  public void pass(Duration time) {
    play.pass(time);
  }

  /**
   * Lets virtual time go by until something is so.
   *
   * @param atMost at most a day
   * @throws AssertionError when it is not within the time
   */
  public void until(BooleanSupplier condition, Duration atMost) {
    if (!play.passUntil(condition, atMost)) {
      throw new AssertionError(
          "condition must hold within %s of virtual time, but does not: see whether it ever can, or give it more time"
              .formatted(atMost));
    }
  }

  /**
   * Lets virtual time go by until an assertion holds.
   *
   * @param atMost at most a day
   * @throws AssertionError the assertion's own, when it does not hold within the time
   */
  public void within(Duration atMost, Runnable assertion) {
    if (!play.passUntil(() -> holds(assertion), atMost)) {
      assertion.run();
    }
  }

  private static boolean holds(Runnable assertion) {
    try {
      assertion.run();
      return true;
    } catch (AssertionError _) {
      return false; // not yet: it is asserted once more in the end
    }
  }

  /**
   * Lets virtual time go by until the system could lose any one server: all are ready, each
   * partition has its leader, and all its members have caught up.
   *
   * @throws AssertionError when it is not so within 30 s
   */
  public void untilWhole() {
    if (!play.passUntil(() -> play.system().missing().isEmpty(), WHOLE_WITHIN)) {
      throw new AssertionError(
          "system must be whole within %s of virtual time, but is not (%s): end the faults before, or wait for something else"
              .formatted(WHOLE_WITHIN, play.system().missing().orElse("it has just become so")));
    }
  }

  /** The names of all servers, region by region. */
  public List<String> servers() {
    return play.system().servers();
  }

  /** What runs where, in what state, as the first server knows it that is up. */
  public SystemStatus status() {
    return servers().stream()
        .flatMap(it -> play.system().status(it).stream())
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "a server must be up to tell the status, but all of %s are down: wait first"
                    .formatted(servers())));
  }

  /** The servers that a process is placed on, up or down. */
  public List<String> hosts(String process) {
    var _ = declared(process);
    return play.system().hosts(process);
  }

  /** The server that leads the partition of a key, as most servers know it. */
  public String leaderOf(String process, String key) {
    Declaration.Keyed<?> state =
        declared(process)
            .state()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "process %s must be stateful to have leaders, but is not: see where it runs with lab.hosts"
                        .formatted(process)));
    int partition = Partitions.of(key, state.partitions());
    Map<String, Integer> votes = new TreeMap<>();
    for (String server : servers()) {
      leader(server, process, partition).ifPresent(it -> votes.merge(it, 1, Integer::sum));
    }
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(() ->
            new IllegalStateException(
                "partition %s/%d must have a leader, but no server knows one: wait first, with lab.untilWhole"
                    .formatted(process, partition)));
  }

  private Optional<String> leader(String server, String process, int partition) {
    return play.system().status(server).stream()
        .flatMap(it -> it.partitions().stream())
        .filter(it -> it.process().equals(process) && it.id() == partition)
        .map(SystemStatus.PartitionStatus::leader)
        .filter(it -> !it.isEmpty())
        .findFirst();
  }

  private Declaration<?> declared(String process) {
    Application application = play.system().plan().application();
    return application.processes().stream()
        .filter(it -> it.name().equals(process))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "process must be one of %s, but was \"%s\": correct it"
                    .formatted(
                        application.processes().stream().map(Declaration::name).toList(),
                        process)));
  }

  SystemReport judge() {
    return play.judge();
  }

  /** Of everything that happened in it; empty when nothing was started. */
  Optional<Long> hash() {
    return play.hash();
  }

  Diary diary() {
    return play.diary();
  }
}
