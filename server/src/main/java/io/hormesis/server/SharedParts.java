package io.hormesis.server;

import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.port.Strand;

/**
 * What all parts of one server share.
 *
 * @param server its name
 * @param strand the delivery strand: everything but workers, groups and doors happens on it
 */
record SharedParts(
    String server,
    ServerPorts ports,
    Strand strand,
    PlainCodec codec,
    MessageRegistry registry,
    Signals signals) {

  /** The monotonic clock in milliseconds. */
  long millis() {
    return ports.clock().nanos() / 1_000_000;
  }
}
