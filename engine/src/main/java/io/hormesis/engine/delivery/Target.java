package io.hormesis.engine.delivery;

import java.util.OptionalInt;

/**
 * Where a message is to be handled: a stateless process, or one partition of a stateful one. Which
 * server that is, is the router's concern.
 *
 * @param partition 0 or more; empty for a stateless process
 */
public record Target(String process, OptionalInt partition) {

  public static Target of(String process) {
    return new Target(process, OptionalInt.empty());
  }

  public static Target of(String process, int partition) {
    return new Target(process, OptionalInt.of(partition));
  }

  /** Reads what {@link #toString} wrote. */
  public static Target parse(String text) {
    int slash = text.indexOf('/');
    return slash < 0
        ? of(text)
        : of(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return partition.isPresent() ? process + "/" + partition.getAsInt() : process;
  }
}
