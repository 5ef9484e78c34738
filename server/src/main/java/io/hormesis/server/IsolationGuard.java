package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import java.util.function.Consumer;

/** Keeps messages from an instance that its supervisor has isolated. */
final class IsolationGuard implements IncomingGuard {
  @Override
  public void receive(IncomingMessage message, Consumer<IncomingMessage> next) {
    if (message.instance().isolated()) {
      message.refuse(
          CallResult.Cause.ISOLATED,
          "%s is isolated after many failures".formatted(message.envelope().to()));
    } else {
      next.accept(message);
    }
  }
}
