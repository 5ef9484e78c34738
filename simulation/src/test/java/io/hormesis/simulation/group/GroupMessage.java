package io.hormesis.simulation.group;

import io.hormesis.replication.RaftFrameFormatter;

/** A frame on its way from a server to another; its text says what is in it. */
@SuppressWarnings("ArrayRecordComponent")
record GroupMessage(GroupWorld world, String from, String to, byte[] frame) implements Runnable {

  @Override
  public void run() {
    world.deliver(from, to, frame);
  }

  @Override
  public String toString() {
    return String.join("; ", RaftFrameFormatter.of(frame));
  }
}
