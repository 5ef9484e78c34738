package io.hormesis.simulation;

/**
 * One incarnation of a server, from its start to its crash. Whatever belongs to it (tasks, timers,
 * open files, messages not yet sent) ends with it.
 */
public final class Incarnation {

  private final String name;
  private final int number;
  private long endedAt = Long.MAX_VALUE;

  public Incarnation(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /** The server's name. */
  public String name() {
    return name;
  }

  /** How many lives the server had before. */
  public int number() {
    return number;
  }

  public boolean ended() {
    return endedAt != Long.MAX_VALUE;
  }

  /**
   * Whether it was still running at a time: a task that was under way in the crash has run in one
   * go, so what it did after that time must not show.
   */
  public boolean reached(long nanos) {
    return nanos <= endedAt;
  }

  /** Ends it at a time; a second end changes nothing. */
  public void end(long nanos) {
    endedAt = Math.min(endedAt, nanos);
  }
}
