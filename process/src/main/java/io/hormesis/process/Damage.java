package io.hormesis.process;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must never happen to an application, declared by its owners with {@link Application#never}.
 * It is judged at the end of every simulation, once faults have ended and the system is at rest;
 * one that happened, or that could not be judged, makes the simulation fail.
 *
 * <p>The article calls it an intolerable damage: what a system must be antifragile to.
 *
 * @param name the damage as a sentence, such as {@code an accepted return is missing from the
 *     archive}: 1 to 120 printable characters, on one line
 */
public record Damage(String name, Check check) {
  private static final int LIMIT = 120;
  private static final int SHOWN = 40;

  public Damage {
    if (name.isBlank() || name.length() > LIMIT || name.chars().anyMatch(Character::isISOControl)) {
      throw new DeclarationException(
          "name of damage must be a sentence of 1 to %d printable characters, but was \"%s\" (%d): say in one line what must never happen"
              .formatted(LIMIT, shown(name), name.length()));
    }
  }

  /** Judges it. A check that fails, or gets no answer to what it asks, judges nothing. */
  public Judgement judge(History history) {
    try {
      List<String> times = check.times(history);
      return times.isEmpty() ? new Judgement.Absent() : new Judgement.Happened(times);
    } catch (RuntimeException | AssertionError failure) {
      return new Judgement.NotJudged(failure.toString());
    }
  }

  /** Looks for a damage. It waits for nothing and changes nothing. */
  @FunctionalInterface
  public interface Check {

    /**
     * One sentence for each time that the damage happened, with names and actual values; none when
     * it did not.
     */
    List<String> times(History history);
  }

  /** What a check found. */
  public sealed interface Judgement {

    /** The damage did not happen. */
    record Absent() implements Judgement {}

    /**
     * The damage happened.
     *
     * @param times a sentence for each time, at least one
     */
    record Happened(List<String> times) implements Judgement {
      public Happened {
        times = List.copyOf(times);
      }
    }

    /**
     * Nobody can tell whether it happened, which is never taken for a no.
     *
     * @param why the failure of the check, such as a {@link NoAnswerException}
     */
    record NotJudged(String why) implements Judgement {}
  }

  static void checkNames(String application, List<Damage> damages) {
    Set<String> names = new HashSet<>();
    for (Damage damage : damages) {
      if (!names.add(damage.name())) {
        throw new DeclarationException(
            "damages of %s must have different names, but two are called \"%s\": rename one"
                .formatted(application, damage.name()));
      }
    }
  }

  private static String shown(String name) {
    String printable = name.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
  }
}
