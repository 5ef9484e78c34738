package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import java.util.function.Consumer;

/**
 * A message on its way to the worker of an instance.
 *
 * @param instance what hosts its target here
 * @param respond takes its result, from any thread; never called for what is dropped
 */
record IncomingMessage(Envelope envelope, Instance instance, Consumer<CallResult<byte[]>> respond) {

  /** Ends its way here: certainly not done. */
  void refuse(CallResult.Cause cause, String reason) {
    instance.refused(this, cause);
    respond.accept(new CallResult.Refused<>("", cause, reason));
  }
}
