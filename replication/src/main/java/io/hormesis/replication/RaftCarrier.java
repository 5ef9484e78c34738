package io.hormesis.replication;

/**
 * Takes frames to other servers' {@link Replicas#receive}: at most once, in no promised order,
 * without a word when one is lost. Never blocks, never fails. Frames are smaller than {@code
 * Carrier.FRAME_LIMIT}.
 */
@FunctionalInterface
public interface RaftCarrier {
  void send(String server, byte[] frame);
}
