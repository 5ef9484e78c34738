package io.hormesis.engine.port;

/** Makes strands. Those of different names run beside each other. */
@FunctionalInterface
public interface Strands {
  Strand open(String name);
}
