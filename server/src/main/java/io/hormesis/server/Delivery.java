package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.Call;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.CallTracker;
import io.hormesis.engine.delivery.Effect;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strand;
import io.hormesis.process.MessageType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The way out: runs the {@link CallTracker} of a server on its strand, puts messages in envelopes
 * and turns responses into endings.
 */
final class Delivery implements Asker {
  private final String self;
  private final Strand strand;
  private final Clock clock;
  private final PlainCodec codec;
  private final CallTracker calls;
  private final BiConsumer<String, WireMessage> wire;
  private final Addressing addressing;
  private final Map<Long, Pending> pending = new HashMap<>();
  private long nextCall;
  private long wakeAt = Long.MAX_VALUE;

  /**
   * A way out with no call under way.
   *
   * @param strand everything of this object happens on it
   * @param calls none yet
   * @param firstCall where calls are counted from; another in each life of a server, else a late
   *     response to an earlier life would be taken for one to this life's call of that number
   * @param wire takes a parcel to a server, this one included
   */
  Delivery(
      String self,
      Strand strand,
      Clock clock,
      CallTracker calls,
      long firstCall,
      MessageRegistry registry,
      PlainCodec codec,
      Function<Integer, String> drawnId,
      BiConsumer<String, WireMessage> wire) {
    this.self = self;
    this.strand = strand;
    this.clock = clock;
    this.codec = codec;
    this.calls = calls;
    this.nextCall = firstCall;
    this.addressing = new Addressing(registry, codec, drawnId);
    this.wire = wire;
  }

  @Override
  public CompletableFuture<CallResult> ask(Ask ask) {
    AddressedMessage outgoing;
    try {
      outgoing = addressing.address(ask, millis());
    } catch (MalformedMessage refused) {
      return CompletableFuture.completedFuture(
          new CallResult.Refused("", CallResult.Cause.NOT_UNDERSTOOD, refused.reason()));
    }
    return send(outgoing);
  }

  /** Sends a message that is addressed already. */
  CompletableFuture<CallResult> send(AddressedMessage outgoing) {
    CompletableFuture<CallResult> ending = new CompletableFuture<>();
    strand.execute(() -> {
      long id = nextCall++;
      pending.put(id, new Pending(outgoing, ending));
      MessageType.Kind kind = outgoing.word().message().kind();
      boolean changes = kind != MessageType.Kind.QUERY;
      boolean repeatable = !changes || outgoing.place().partition().isPresent();
      perform(
          calls.ask(
              new Call(id, outgoing.place(), changes, repeatable, outgoing.deadline()), millis()));
    });
    return ending;
  }

  /** A response came in. */
  void responded(WireMessage.Inbound inbound) {
    strand.execute(() ->
        perform(calls.responded(inbound.call(), inbound.from(), inbound.response(), millis())));
  }

  /** Evidence that a server's process ended. On the strand only. */
  void gone(String server) {
    perform(calls.gone(server, millis()));
  }

  /** A server says nothing any more, or never did. On the strand only. */
  void silent(String server) {
    calls.silent(server);
  }

  /** A sign of life of a server. On the strand only. */
  void back(String server) {
    perform(calls.back(server, millis()));
  }

  /** A server leads a place, as it says several times a second. On the strand only. */
  void leads(Target place, String server, long term) {
    perform(calls.leads(place, server, term, millis()));
  }

  private void perform(List<Effect> effects) {
    effects.forEach(this::perform);
    scheduleWake();
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Send(long call, String server, int attempt) -> {
        Pending one = pending.get(call);
        if (one != null) {
          wire.accept(server, new WireMessage.Outbound(envelope(call, one.outgoing(), attempt)));
        }
      }
      case Effect.Finish(long call, _, Response response) ->
          end(call, outgoing -> ending(outgoing, response));
      case Effect.GiveUp(long call, boolean unknown, String reason) ->
          end(
              call,
              outgoing ->
                  unknown
                      ? new CallResult.Unknown(outgoing.place().toString(), reason)
                      : new CallResult.Refused(
                          outgoing.place().toString(), CallResult.Cause.UNAVAILABLE, reason));
    }
  }

  private void end(long call, Function<AddressedMessage, CallResult> how) {
    Pending one = pending.remove(call);
    if (one != null) {
      // Whoever waits does so on a thread of its own, or hands over to its own strand at once.
      one.ending().complete(how.apply(one.outgoing()));
    }
  }

  private Envelope envelope(long call, AddressedMessage outgoing, int attempt) {
    return new Envelope(
        call,
        self,
        outgoing.place(),
        outgoing.word().number(),
        outgoing.payload(),
        outgoing.requestId(),
        outgoing.deadline() - millis(),
        attempt,
        outgoing.trace());
  }

  private CallResult ending(AddressedMessage outgoing, Response response) {
    String place = outgoing.place().toString();
    return switch (response) {
      case Response.Value value -> replied(outgoing, value);
      case Response.Declined(String reason) -> new CallResult.Declined(place, reason);
      case Response.Refused(CallResult.Cause cause, String reason) ->
          new CallResult.Refused(place, cause, reason);
      case Response.Unknown(String reason) -> new CallResult.Unknown(place, reason);
      case Response.Elsewhere _, Response.Busy _ ->
          new CallResult.Refused(place, CallResult.Cause.UNAVAILABLE, "no instance took it");
    };
  }

  private CallResult replied(AddressedMessage outgoing, Response.Value value) {
    String place = outgoing.place().toString();
    Optional<String> durability = value.durable() ? Optional.of("durable") : Optional.empty();
    MessageType message = outgoing.word().message();
    if (message.kind() == MessageType.Kind.NOTICE) {
      return new CallResult.Replied(place, "taken", durability);
    }
    try {
      return new CallResult.Replied(
          place, codec.decode(value.value(), message.replyType()), durability);
    } catch (MalformedMessage wrong) {
      return message.kind() == MessageType.Kind.COMMAND
          ? new CallResult.Unknown(place, "its reply is outside its contract: " + wrong.reason())
          : new CallResult.Refused(place, CallResult.Cause.CRASHED, wrong.reason());
    }
  }

  private void scheduleWake() {
    OptionalLong next = calls.nextWake();
    if (next.isPresent() && next.getAsLong() < wakeAt) {
      wakeAt = next.getAsLong();
      strand.schedule(
          Duration.ofMillis(Math.max(1, wakeAt - millis())),
          () -> {
            wakeAt = Long.MAX_VALUE;
            perform(calls.wake(millis()));
          });
    }
  }

  private long millis() {
    return clock.nanos() / 1_000_000;
  }

  private record Pending(AddressedMessage outgoing, CompletableFuture<CallResult> ending) {}
}
