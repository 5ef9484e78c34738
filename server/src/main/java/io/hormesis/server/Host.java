package io.hormesis.server;

import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Response;
import java.util.function.Consumer;

/** One instance of a process, or one partition of it, on this server. */
@FunctionalInterface
interface Host {

  /** Takes a message on the delivery strand; the response may come later, from any thread. */
  void receive(Envelope envelope, Consumer<Response> respond);
}
