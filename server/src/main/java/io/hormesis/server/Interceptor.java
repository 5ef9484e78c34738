package io.hormesis.server;

import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Response;
import java.util.function.Consumer;

/**
 * Answers messages in the place of those that they are for, as they are about to leave a server: so
 * a process can be run alone, and all that it asks be answered by a script.
 */
@FunctionalInterface
public interface Interceptor {

  /** Every message goes its way. */
  Interceptor REAL = (_, _) -> false;

  /**
   * Takes a message that is about to leave, in the order in which they leave; each try of a call
   * comes by itself.
   *
   * @param respond takes the response, if there ever is one
   * @return false when the message is to go its way
   */
  boolean takes(Envelope envelope, Consumer<Response> respond);
}
