package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import java.util.List;
import java.util.function.Consumer;

/** Refuses what carries a header that must be understood and is not known here. */
final class HeaderGuard implements IncomingGuard {
  @Override
  public void receive(IncomingMessage message, Consumer<IncomingMessage> next) {
    List<Integer> unknown = message.envelope().context().misunderstood();
    if (unknown.isEmpty()) {
      next.accept(message);
    } else {
      message.refuse(
          CallResult.Cause.NOT_UNDERSTOOD,
          "headers %s must be understood, but are not known here: upgrade this server"
              .formatted(unknown));
    }
  }
}
