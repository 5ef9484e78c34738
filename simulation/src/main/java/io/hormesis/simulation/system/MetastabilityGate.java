package io.hormesis.simulation.system;

import io.hormesis.injection.Fault;
import io.hormesis.injection.FaultText;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.WorldThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The metastability gate: a system under a load that it can bear meets a trigger, which ends; some
 * seconds later it must serve as before. A system in a metastable failure does not, for retries and
 * work that nobody waits for any more keep it as busy as the trigger had made it. No single test of
 * a part can show that, so it is looked for in the whole.
 *
 * <p>The plan says the load, which should be seven tenths of what the system can do, and must
 * declare service times. Its faults and how long it lasts do not matter: here only the trigger goes
 * wrong.
 *
 * <p>Source: rule R26; Bronson and others, Metastable Failures in Distributed Systems, HotOS 2021.
 */
public final class MetastabilityGate {
  /** What must come back of the goodput before the trigger. */
  public static final double SHARE = 0.95;

  /** How soon after the trigger's end. */
  public static final Duration WITHIN = Duration.ofSeconds(5);

  private static final Duration WARM = Duration.ofSeconds(3);
  private static final Duration BEFORE = Duration.ofSeconds(4);
  private static final Duration WATCHED = Duration.ofSeconds(5);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What may bring a system into a metastable failure. */
  public enum Trigger {
    /** One region is killed, and begins again ten seconds later. */
    REGION_LOST(Duration.ofSeconds(10)) {
      @Override
      List<Fault> faults(SystemPlan plan, Dice dice) {
        return plan.region(dice.below(plan.regions())).stream()
            .map(it -> (Fault) new Fault.Kill(it, lasts()))
            .toList();
      }
    },
    /** Three times the load for ten seconds. */
    SURGE(Duration.ofSeconds(10)) {
      @Override
      List<Fault> faults(SystemPlan plan, Dice dice) {
        return List.of(new Fault.Surge(3, lasts()));
      }
    },
    /** All servers stand still for two seconds, while callers go on. */
    ALL_PAUSED(Duration.ofSeconds(2)) {
      @Override
      List<Fault> faults(SystemPlan plan, Dice dice) {
        return plan.names().stream().map(it -> (Fault) new Fault.Pause(it, lasts())).toList();
      }
    };

    private final Duration lasts;

    Trigger(Duration lasts) {
      this.lasts = lasts;
    }

    Duration lasts() {
      return lasts;
    }

    /** Seeds in a row meet all triggers in turn. */
    static Trigger of(long seed) {
      return values()[Math.floorMod(seed, values().length)];
    }

    abstract List<Fault> faults(SystemPlan plan, Dice dice);
  }

  /**
   * What a seed showed.
   *
   * @param hash of everything that happened until the end of the load
   * @param before the trigger
   * @param during the trigger and the time that is given after it
   * @param after second by second
   * @param violations of the gate, and of all other promises
   */
  public record Passage(
      long seed,
      Trigger trigger,
      long hash,
      Goodput.Share before,
      Goodput.Share during,
      List<Goodput.Share> after,
      List<Violation> violations) {

    /** The kind of a violation of the gate itself. */
    public static final String METASTABLE = "metastable";

    public Passage {
      after = List.copyOf(after);
      violations = List.copyOf(violations);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "seed %d, %s: %.0f/s before, %.0f/s meanwhile, %s/s after%s",
          seed,
          trigger,
          before.perSecond(),
          during.perSecond(),
          after.stream().map(it -> "%d".formatted(it.good())).toList(),
          violations.isEmpty() ? "" : ": " + violations);
    }
  }

  private MetastabilityGate() {}

  /** Runs a seed through the gate; seeds in a row meet all triggers in turn. */
  public static Passage run(long seed, SystemPlan plan) {
    Trigger trigger = Trigger.of(seed);
    Duration end = WARM.plus(BEFORE).plus(trigger.lasts()).plus(WITHIN).plus(WATCHED);
    SystemPlan gated = plan.load(plan.perSecond(), end).faults(FaultProfile.CALM);
    return WorldThread.run(() -> passage(seed, gated, trigger));
  }

  private static Passage passage(long seed, SystemPlan plan, Trigger trigger) {
    SimulatedSystem system = SimulatedSystem.start(seed, plan);
    system.pass(WARM.plus(BEFORE));
    Duration began = system.now();
    List<Fault> faults = trigger.faults(plan, Dice.of(seed, "trigger"));
    faults.forEach(system::make);
    Duration ended = began.plus(trigger.lasts());
    Duration from = ended.plus(WITHIN);
    Duration until = from.plus(WATCHED);
    system.pass(until.minus(began));
    long hash = system.hash();
    system.pass(Callers.DEADLINE.plus(SECOND));
    Goodput goodput = system.goodput();
    List<Goodput.Share> after = new ArrayList<>();
    for (Duration at = from; at.compareTo(until) < 0; at = at.plus(SECOND)) {
      after.add(goodput.between(at, at.plus(SECOND)));
    }
    Goodput.Share before = goodput.between(began.minus(BEFORE), began);
    List<Violation> violations = new ArrayList<>(judge(before, after, trigger, from));
    system
        .unmet()
        .forEach(it ->
            violations.add(
                new Violation("unmet", began, FaultText.of(it) + " must be met, but was not")));
    violations.addAll(system.close().violations());
    return new Passage(
        seed, trigger, hash, before, goodput.between(began, from), after, violations);
  }

  private static List<Violation> judge(
      Goodput.Share before, List<Goodput.Share> after, Trigger trigger, Duration from) {
    List<Violation> violations = new ArrayList<>();
    for (int second = 0; second < after.size(); second++) {
      double now = after.get(second).perSecond();
      if (now < SHARE * before.perSecond()) {
        violations.add(
            new Violation(
                Passage.METASTABLE,
                from.plusSeconds(second),
                String.format(
                    Locale.ROOT,
                    "goodput must be %.0f %% of %.0f/s from %d s after the end of %s, but was %.0f/s in second %d",
                    100 * SHARE,
                    before.perSecond(),
                    WITHIN.toSeconds(),
                    trigger,
                    now,
                    WITHIN.toSeconds() + second + 1)));
      }
    }
    return violations;
  }
}
