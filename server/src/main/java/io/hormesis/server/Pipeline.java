package io.hormesis.server;

import java.util.List;
import java.util.function.Consumer;

/**
 * The order of the guards on the way of a message, out and in. Each is a small class with one
 * method; whoever looks for what happens to a message begins here.
 *
 * <p>The way out: {@link Addressing} (contract, key, request id) → {@link
 * io.hormesis.engine.delivery.CallTracker} (deadline, retry budget, route by evidence) → the guards
 * of {@link #outgoing} → carrier.
 *
 * <p>The way in: the guards of {@link #incoming} → {@link Instance} (mailbox, worker, supervisor) →
 * {@link StatelessHandler} or {@link StatefulHandler}: contract in → worker → contract out → log.
 * The contract is looked at on the worker's thread, not on the one strand that all messages share.
 *
 * <p>Source: the call filters of Orleans.
 */
final class Pipeline {
  private Pipeline() {}

  /** The way out, from a routed attempt to its carrier. */
  static Consumer<OutgoingMessage> outgoing(
      List<OutgoingGuard> injected, Consumer<OutgoingMessage> carrier) {
    Consumer<OutgoingMessage> way = carrier;
    for (OutgoingGuard guard : injected.reversed()) {
      Consumer<OutgoingMessage> rest = way;
      way = message -> guard.send(message, rest);
    }
    return way;
  }

  /** The way in, from a message for an instance of this server to its mailbox. */
  static Consumer<IncomingMessage> incoming() {
    return incoming(
        List.of(
            new DeadlineGuard(),
            new HeaderGuard(),
            new CasualtyGuard(),
            new IsolationGuard(),
            new LeadershipGuard()));
  }

  private static Consumer<IncomingMessage> incoming(List<IncomingGuard> guards) {
    Consumer<IncomingMessage> way = message -> message.instance().receive(message);
    for (IncomingGuard guard : guards.reversed()) {
      Consumer<IncomingMessage> rest = way;
      way = message -> guard.receive(message, rest);
    }
    return way;
  }
}
