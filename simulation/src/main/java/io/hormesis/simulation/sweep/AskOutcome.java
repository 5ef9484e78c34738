package io.hormesis.simulation.sweep;

import io.hormesis.process.MessageType;
import java.util.List;

/** A way in which an ask can end. */
public enum AskOutcome {
  /** A worker's reply. */
  REPLIED("replied"),
  /** Another reply of a worker, such as an empty one. */
  REPLIED_OTHERWISE("replied otherwise"),
  /** Nobody could answer a query, and that was known at once: the default reply. */
  DEFAULTED("defaulted"),
  /** A worker refused a command. */
  REFUSED("refused"),
  /** The platform refused a command: certainly not done. */
  TURNED_AWAY("turned away"),
  /** Nobody knows whether a command was done, and that was known at once. */
  UNKNOWN("unknown"),
  /** Nothing came before the deadline. */
  LATE("late"),
  /** A reply that is outside its contract. */
  OUTSIDE("outside its contract");

  private static final List<AskOutcome> OF_QUERY =
      List.of(REPLIED, REPLIED_OTHERWISE, DEFAULTED, LATE, OUTSIDE);
  private static final List<AskOutcome> OF_COMMAND =
      List.of(REPLIED, REPLIED_OTHERWISE, REFUSED, TURNED_AWAY, UNKNOWN, LATE, OUTSIDE);

  private final String words;

  AskOutcome(String words) {
    this.words = words;
  }

  /** The ways in which a request can end. */
  static List<AskOutcome> of(MessageType.Kind kind) {
    return switch (kind) {
      case QUERY -> OF_QUERY;
      case COMMAND -> OF_COMMAND;
      case NOTICE -> throw new IllegalArgumentException("nobody asks by a notice");
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
