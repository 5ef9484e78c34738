package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends what is for a partition that is led elsewhere to its leader. */
final class LeadershipGuard implements IncomingGuard {
  @Override
  public void receive(IncomingMessage message, Consumer<IncomingMessage> next) {
    Optional<CallResult<byte[]>> elsewhere = message.instance().elsewhere();
    if (elsewhere.isPresent()) {
      message.respond().accept(elsewhere.get());
    } else {
      next.accept(message);
    }
  }
}
