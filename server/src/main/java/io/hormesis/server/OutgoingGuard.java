package io.hormesis.server;

import java.util.function.Consumer;

/**
 * One step of the way out: hands the message on, now or later, as it is or changed; or responds in
 * the place of its receiver; or loses it. On the delivery strand.
 */
@FunctionalInterface
public interface OutgoingGuard {

  /**
   * Takes a message.
   *
   * @param next the rest of the way
   */
  void send(OutgoingMessage message, Consumer<OutgoingMessage> next);
}
