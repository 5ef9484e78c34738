package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import java.util.function.Consumer;

/** Drops what nobody waits for any more, before it costs anything (rule R3). */
final class DeadlineGuard implements IncomingGuard {
  @Override
  public void receive(IncomingMessage message, Consumer<IncomingMessage> next) {
    if (message.envelope().leftMillis() > 0) {
      next.accept(message);
    } else {
      message.refuse(CallResult.Cause.EXPIRED, "its deadline is over");
    }
  }
}
