package io.hormesis.cluster;

/** Takes frames that came in. Called on the event loop: returns soon, never blocks. */
@FunctionalInterface
interface FrameReceiver {
  /**
   * Takes one.
   *
   * @param server who sent it, by the greeting of its connection
   */
  void received(String server, byte[] frame);
}
