package io.hormesis.chaos;

import io.hormesis.server.Redundancy;
import io.hormesis.server.SystemStatus;
import io.hormesis.server.SystemStatus.PartitionStatus;
import io.hormesis.server.SystemStatus.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Chaos monkey: kills servers at random, one at a time, and only while the system can lose one:
 * every server is ready, every group has all its members caught up, and the load is steady. A
 * system that fails its callers while nothing is broken has nothing to spare; a kill would only be
 * blamed for what was there before. A pure state machine: a view of the system and of its load and
 * the time go in, the next state and a move come out.
 *
 * <p>Its first kill hits the leader of a partition of the target process, and so does about every
 * third later one; the others hit any server. After a kill it waits until the system shows another
 * process in the place of the killed one, so that an old view cannot make it kill twice.
 *
 * <p>Paper: §4, induced failures. The idea is Netflix's Chaos Monkey.
 */
public final class Monkey {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LEADER_EVERY = 3;

  private final MonkeyPlan plan;
  private final int kills;
  private final Optional<Killed> last;
  private final Optional<Duration> actAt;
  private final Duration lastRepair;

  /** The last kill, whose repair is waited for. */
  private record Killed(String server, long pid, Duration at) {}

  /** The state that follows and what to do now. */
  public record Turn(Monkey next, Move move) {}

  /** A monkey that has not killed yet. */
  public Monkey(MonkeyPlan plan) {
    this(plan, 0, Optional.empty(), Optional.empty(), Duration.ZERO);
  }

  private Monkey(
      MonkeyPlan plan,
      int kills,
      Optional<Killed> last,
      Optional<Duration> actAt,
      Duration lastRepair) {
    this.plan = plan;
    this.kills = kills;
    this.last = last;
    this.actAt = actAt;
    this.lastRepair = lastRepair;
  }

  /** How many kills it has decided on that were not reported as missed. */
  public int kills() {
    return kills;
  }

  /**
   * Decides on the next step.
   *
   * @param status how one server sees the system now
   * @param unsteadyReason why the load is not steady, for people; empty when it is
   * @param now since the run began; never before an earlier one
   */
  public Turn turn(SystemStatus status, Optional<String> unsteadyReason, Duration now) {
    if (now.compareTo(plan.duration().minus(plan.quietEnd())) > 0) {
      return waiting(this, "the run ends soon");
    }
    Optional<String> missing =
        Redundancy.missing(status).or(() -> unreplaced(status)).or(() -> unsteadyReason);
    if (missing.isPresent()) {
      return waiting(notRedundant(), missing.get());
    }
    if (actAt.isEmpty()) {
      return waiting(fullyRedundant(now), "the system has just become whole and steady");
    }
    return now.compareTo(actAt.get()) < 0 ? waiting(this, "between two kills") : kill(status, now);
  }

  /** The state after the last kill turned out not to have happened. */
  public Monkey missed() {
    return new Monkey(plan, Math.max(0, kills - 1), Optional.empty(), Optional.empty(), lastRepair);
  }

  private static Turn waiting(Monkey next, String reason) {
    return new Turn(next, new Move.Wait(reason));
  }

  /** The killed server, as long as it is shown as the process that was killed. */
  private Optional<String> unreplaced(SystemStatus status) {
    return last.filter(it -> shows(status, it)).map(it -> it.server() + " is not yet seen dead");
  }

  private static boolean shows(SystemStatus status, Killed killed) {
    return status.servers().stream()
        .anyMatch(it -> it.name().equals(killed.server()) && it.pid() == killed.pid());
  }

  private Monkey notRedundant() {
    return new Monkey(plan, kills, last, Optional.empty(), lastRepair);
  }

  private Monkey fullyRedundant(Duration now) {
    Duration repair = last.map(it -> now.minus(it.at())).orElse(lastRepair);
    var next = new Monkey(plan, kills, Optional.empty(), Optional.empty(), repair);
    return new Monkey(plan, kills, Optional.empty(), Optional.of(next.pauseUntil(now)), repair);
  }

  /** Draws a pause; a shorter one when otherwise the wanted kills would not fit any more. */
  private Duration pauseUntil(Duration now) {
    Duration longest = shorter(plan.pause(), affordable(now));
    Duration least = shorter(plan.pause().dividedBy(3), longest);
    long drawn = random(0).nextLong(least.toMillis(), longest.toMillis() + 1);
    return now.plusMillis(drawn);
  }

  private Duration affordable(Duration now) {
    Duration active = plan.duration().minus(plan.quietEnd());
    long wanted = plan.duration().toMillis() * plan.killsPerMinute() / MINUTE.toMillis();
    long left = Math.max(1, wanted + 1 - kills);
    Duration each = active.minus(now).dividedBy(left).minus(lastRepair);
    return each.compareTo(SHORTEST_PAUSE) > 0 ? each : SHORTEST_PAUSE;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Turn kill(SystemStatus status, Duration now) {
    ServerStatus victim = victim(status);
    var killed = new Killed(victim.name(), victim.pid(), now);
    var next = new Monkey(plan, kills + 1, Optional.of(killed), Optional.empty(), lastRepair);
    return new Turn(next, new Move.Kill(victim.name(), reason(status, victim)));
  }

  private ServerStatus victim(SystemStatus status) {
    RandomGenerator random = random(1);
    boolean leader = kills == 0 || random.nextInt(LEADER_EVERY) == 0;
    List<String> leaders =
        status.partitions().stream()
            .filter(it -> it.process().equals(plan.target()))
            .map(PartitionStatus::leader)
            .toList();
    if (leader && !leaders.isEmpty()) {
      return server(status, leaders.get(random.nextInt(leaders.size())));
    }
    return status.servers().get(random.nextInt(status.servers().size()));
  }

  private static ServerStatus server(SystemStatus status, String name) {
    return status.servers().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "a leader must be one of the servers, but was \"%s\"".formatted(name)));
  }

  private static String reason(SystemStatus status, ServerStatus victim) {
    String led =
        status.partitions().stream()
            .filter(it -> it.leader().equals(victim.name()))
            .map(it -> it.process() + "/" + it.id())
            .collect(Collectors.joining(", "));
    return led.isEmpty() ? "runs " + String.join(", ", victim.hosts()) : "leads " + led;
  }

  /** Depends on the seed, the number of the kill and what is drawn, on nothing else. */
  private RandomGenerator random(int what) {
    return new SplittableRandom(plan.seed() * 0x9e3779b97f4a7c15L + 2L * kills + what);
  }
}
