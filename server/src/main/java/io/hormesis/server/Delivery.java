package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.Call;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.CallTracker;
import io.hormesis.engine.delivery.Effect;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.process.MessageType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The way out: runs a server's {@link CallTracker} on its strand, puts messages in envelopes, and
 * reads the results of calls.
 */
final class Delivery implements Asker {
  private static final String EDGE = "edge";

  private final SharedParts parts;
  private final Signals signals;
  private final Addressing addressing;
  private final Consumer<OutgoingMessage> outgoing;
  private final CallTracker tracker;
  private final Map<Long, Pending> pending = new HashMap<>();
  private final WakeTimer timer;
  private long nextCall;

  /**
   * A way out with no call under way.
   *
   * @param firstCall where calls are counted from; another in each life of a server, else a late
   *     response to an earlier life would be taken for one to this life's call of that number
   * @param outgoing takes each attempt
   */
  Delivery(
      SharedParts parts,
      Addressing addressing,
      long firstCall,
      Consumer<OutgoingMessage> outgoing) {
    this.parts = parts;
    this.signals = parts.signals();
    this.addressing = addressing;
    this.nextCall = firstCall;
    this.outgoing = outgoing;
    this.tracker = new CallTracker(parts.server());
    this.timer = new WakeTimer(parts.strand(), () -> perform(tracker.wake(millis())));
  }

  @Override
  public CompletableFuture<CallResult<Object>> ask(Ask ask) {
    return ask(EDGE, ask);
  }

  /**
   * Gets a request of a process answered.
   *
   * @param by its name
   */
  CompletableFuture<CallResult<Object>> ask(String by, Ask ask) {
    AddressedMessage message;
    try {
      message = addressing.address(by, ask, millis());
    } catch (MalformedMessage refused) {
      return CompletableFuture.completedFuture(
          new CallResult.Refused<>("", CallResult.Cause.NOT_UNDERSTOOD, refused.reason()));
    }
    return send(message);
  }

  /** Sends a message that is addressed already. */
  CompletableFuture<CallResult<Object>> send(AddressedMessage message) {
    CompletableFuture<CallResult<Object>> result = new CompletableFuture<>();
    parts.strand().execute(() -> begin(message, result));
    return result;
  }

  private void begin(AddressedMessage message, CompletableFuture<CallResult<Object>> result) {
    long id = nextCall++;
    pending.put(id, new Pending(message, result));
    if (signals.followsRequests()) {
      signals.take(
          new Signal.CallBegan(
              id,
              message.by(),
              message.to(),
              message.message(),
              message.context(),
              message.deadline() * 1_000_000));
    }
    boolean changes = message.word().message().kind() != MessageType.Kind.QUERY;
    boolean repeatable = !changes || message.to().partition().isPresent();
    Call call = new Call(id, message.to(), changes, repeatable, message.deadline());
    perform(tracker.ask(call, millis()));
  }

  /** The result of an attempt came in. On the strand only. */
  void responded(WireMessage.Inbound inbound) {
    perform(tracker.responded(inbound.call(), inbound.from(), inbound.result(), millis()));
  }

  /** The servers that host each target, from now on. On the strand only. */
  void placed(Map<Target, List<String>> hosts) {
    perform(tracker.placed(hosts, millis()));
  }

  /** Evidence that a server's process ended. On the strand only. */
  void gone(String server) {
    perform(tracker.gone(server, millis()));
  }

  /** A server says nothing any more, or never did. On the strand only. */
  void silent(String server) {
    tracker.silent(server);
  }

  /** A sign of life of a server. On the strand only. */
  void back(String server) {
    perform(tracker.back(server, millis()));
  }

  /** A server leads a target, as it says several times a second. On the strand only. */
  void leads(Target target, String server, long term) {
    perform(tracker.leads(target, server, term, millis()));
  }

  private void perform(List<Effect> effects) {
    effects.forEach(this::perform);
    timer.wakeAt(tracker.nextWake(), millis());
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send send -> send(send);
      case Effect.Finish(long call, CallResult<byte[]> result) -> end(call, result);
    }
  }

  private void send(Effect.Send send) {
    Pending one = pending.get(send.call());
    if (one == null) {
      return;
    }
    Envelope envelope = envelope(send, one.message());
    if (signals.followsRequests()) {
      signals.take(new Signal.AttemptSent(send.call(), send.server(), envelope.context()));
    }
    outgoing.accept(
        new OutgoingMessage(
            send.server(),
            envelope,
            result ->
                parts
                    .strand()
                    .execute(() ->
                        responded(new WireMessage.Inbound(send.call(), send.server(), result)))));
  }

  private void end(long call, CallResult<byte[]> result) {
    Pending one = pending.remove(call);
    if (one == null) {
      return;
    }
    CallResult<Object> read = read(one.message(), result);
    if (signals.followsRequests()) {
      signals.take(new Signal.CallEnded(call, one.message().by(), one.message().message(), read));
    }
    // Whoever waits does so on a thread of its own, or hands over to its own strand at once.
    one.result().complete(read);
  }

  private Envelope envelope(Effect.Send send, AddressedMessage message) {
    return new Envelope(
        send.call(),
        parts.server(),
        message.to(),
        message.key(),
        message.word().number(),
        message.payload(),
        message.deadline() - millis(),
        message.context().inAttempt(send.attempt(), send.casualties()));
  }

  private CallResult<Object> read(AddressedMessage message, CallResult<byte[]> result) {
    String target = message.to().toString();
    return switch (result) {
      case CallResult.Replied<byte[]> replied -> reply(message, target, replied);
      case CallResult.Declined<byte[]> declined ->
          new CallResult.Declined<>(target, declined.reason());
      case CallResult.Refused<byte[]> refused ->
          new CallResult.Refused<>(target, refused.cause(), refused.reason(), Optional.empty());
      case CallResult.Unknown<byte[]> unknown -> new CallResult.Unknown<>(target, unknown.reason());
    };
  }

  private CallResult<Object> reply(
      AddressedMessage asked, String target, CallResult.Replied<byte[]> replied) {
    MessageType type = asked.word().message();
    if (type.kind() == MessageType.Kind.NOTICE) {
      return new CallResult.Replied<>(target, "taken", replied.durable());
    }
    try {
      Object value = parts.codec().decode(replied.value(), type.replyType());
      return new CallResult.Replied<>(target, value, replied.durable());
    } catch (MalformedMessage wrong) {
      return type.kind() == MessageType.Kind.COMMAND
          ? new CallResult.Unknown<>(target, "its reply is outside its contract: " + wrong.reason())
          : new CallResult.Refused<>(target, CallResult.Cause.CRASHED, wrong.reason());
    }
  }

  private long millis() {
    return parts.millis();
  }

  private record Pending(AddressedMessage message, CompletableFuture<CallResult<Object>> result) {}
}
