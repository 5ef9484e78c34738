package io.hormesis.engine.port;

/**
 * Carries frames between servers, at most once, in no promised order, without a word when one is
 * lost. Everything stronger is built above it.
 */
@FunctionalInterface
public interface Carrier {

  /** Largest frame that is carried, in bytes. */
  int FRAME_LIMIT = 240 * 1024;

  /**
   * Sends one frame to a server by its name; never blocks, never fails. Frames of one priority do
   * not wait for those of a less urgent one.
   */
  void send(String server, Priority priority, byte[] frame);
}
