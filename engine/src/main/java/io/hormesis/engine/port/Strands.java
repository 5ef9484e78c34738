package io.hormesis.engine.port;

/** Makes strands. Those of different names run beside each other. */
@FunctionalInterface
public interface Strands {
  /** Makes a strand whose tasks never block: it may share a thread with others. */
  Strand open(String name);

  /** Makes a strand whose tasks may wait for a disk, so that nothing else waits with them. */
  default Strand openBlocking(String name) {
    return open(name);
  }
}
