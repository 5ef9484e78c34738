package io.hormesis.simulation.record;

import io.hormesis.replication.FrameText;

/** A frame on its way from a server to another; its text says what is in it. */
@SuppressWarnings("ArrayRecordComponent")
record Letter(RecordWorld world, String from, String to, byte[] frame) implements Runnable {

  @Override
  public void run() {
    world.deliver(from, to, frame);
  }

  @Override
  public String toString() {
    return String.join("; ", FrameText.of(frame));
  }
}
