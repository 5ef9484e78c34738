package io.hormesis.simulation;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * What happened in a world, as one number: a running hash over every event, its time, place and
 * content. Two runs with the same hash went the same way.
 */
public final class EventLog {

  /** What can happen. */
  public enum Kind {
    SENT,
    DELIVERED,
    DROPPED,
    FORCED,
    STARTED,
    CRASHED,
    FAULT,
    COMMITTED,
    ANSWERED,
    CHANGED
  }

  private final VirtualTime time;
  private final Consumer<String> trace;
  private final boolean tracing;
  private long hash;
  private long count;

  private EventLog(VirtualTime time, Consumer<String> trace, boolean tracing) {
    this.time = time;
    this.trace = trace;
    this.tracing = tracing;
  }

  /** A log that keeps the hash only. */
  public static EventLog of(VirtualTime time) {
    return new EventLog(time, _ -> {}, false);
  }

  /** A log that also tells what happens, a line each, for a person. */
  public static EventLog traced(VirtualTime time, Consumer<String> trace) {
    return new EventLog(time, trace, true);
  }

  /**
   * Adds an event.
   *
   * @param where server, or link
   * @param detail what tells it from another of its kind: a checksum, a count
   */
  public void add(Kind kind, String where, long detail) {
    count++;
    hash = Dice.mix(hash + time.nanos());
    hash = Dice.mix(hash ^ detail);
    hash = Dice.mix(hash + 31L * kind.name().hashCode() + where.hashCode());
  }

  /** Whether somebody reads along. What is told only to nobody should cost nothing: ask first. */
  public boolean traced() {
    return tracing;
  }

  /** Tells whoever reads along what happens; it is no event, and changes no hash. */
  public void tell(String form, Object... values) {
    if (tracing) {
      trace.accept(
          String.format(Locale.ROOT, "%12.6f s  ", time.nanos() / 1e9)
              + String.format(Locale.ROOT, form, values));
    }
  }

  public long hash() {
    return hash;
  }

  public long count() {
    return count;
  }
}
