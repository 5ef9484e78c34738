package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what ended servers from ending another one. */
final class CasualtyGuard implements IncomingGuard {
  @Override
  public void receive(IncomingMessage message, Consumer<IncomingMessage> next) {
    List<String> casualties = message.envelope().context().casualties();
    if (casualties.size() < RequestContext.MOST_CASUALTIES) {
      next.accept(message);
    } else {
      message.refuse(
          CallResult.Cause.DEADLY,
          "%s ended while they had it".formatted(String.join(" and ", casualties)));
    }
  }
}
