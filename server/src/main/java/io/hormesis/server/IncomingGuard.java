package io.hormesis.server;

import java.util.function.Consumer;

/**
 * One step of the way in: hands the message on, now or later, or responds itself. On the delivery
 * strand.
 */
@FunctionalInterface
interface IncomingGuard {

  /**
   * Takes a message.
   *
   * @param next the rest of the way
   */
  void receive(IncomingMessage message, Consumer<IncomingMessage> next);
}
