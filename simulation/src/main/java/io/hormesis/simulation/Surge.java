package io.hormesis.simulation;

/**
 * How much callers send.
 *
 * @param times so many times as much as usual
 * @param met told of every request that would not have been sent then without it
 */
public record Surge(int times, Runnable met) {
  public static final Surge NONE = new Surge(1, () -> {});
}
