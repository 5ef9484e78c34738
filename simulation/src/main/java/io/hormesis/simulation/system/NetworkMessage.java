package io.hormesis.simulation.system;

/** A frame on its way from a server to another; its text says what is in it. */
@SuppressWarnings("ArrayRecordComponent")
record NetworkMessage(SystemWorld world, String from, String to, byte[] frame) implements Runnable {

  @Override
  public void run() {
    world.deliver(this);
  }

  @Override
  public String toString() {
    return world.text().of(to, frame);
  }
}
