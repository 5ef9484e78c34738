package io.hormesis.simulation.sweep;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.MessageType;
import io.hormesis.server.OutgoingGuard;
import io.hormesis.server.OutgoingMessage;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.VirtualTime;
import io.hormesis.simulation.generate.PlainValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The scripted peers of a process: answer each ask as a script says. What belongs to the trace of
 * the message that is being handled is an ask of its worker; a notice to others is taken, and all
 * else goes its way.
 */
final class ScriptedPeers implements OutgoingGuard {
  private static final long RESPONSE_NANOS = 1_000_000;
  private static final int TRIES_TO_DIFFER = 20;
  private static final byte[] NO_CBOR = {(byte) 0xff, 0, (byte) 0xff};

  private final Subject subject;
  private final MessageRegistry registry;
  private final PlainCodec codec = new PlainCodec();
  private final PlainValues values;
  private final VirtualTime time;
  private final long seed;
  private final Map<Long, Asked> asked = new LinkedHashMap<>();
  private Script script = new Script();
  private Trace handled;

  ScriptedPeers(Subject subject, PlainValues values, VirtualTime time, long seed) {
    this.subject = subject;
    this.values = values;
    this.time = time;
    this.seed = seed;
    registry = new MessageRegistry(subject.alone());
    handled = Trace.begin(Dice.of(seed, "no message").generator());
  }

  /** From now on a message of that trace is handled, and what its worker asks goes by a script. */
  void handling(Trace trace, Script by) {
    handled = trace;
    script = by;
    asked.clear();
  }

  /** What was asked for the message that is being handled. */
  List<Asked> asked() {
    return List.copyOf(asked.values());
  }

  @Override
  public void send(OutgoingMessage message, Consumer<OutgoingMessage> next) {
    Envelope envelope = message.envelope();
    boolean toOthers = !envelope.to().process().equals(subject.name());
    if (envelope.trace().equals(handled)) {
      next.accept(message);
    } else if (envelope.context().priority() == Priority.BACKGROUND && toOthers) {
      later(message.respond(), new CallResult.Replied<>("", new byte[0], true));
    } else if (envelope.trace().sameTrace(handled)) {
      answer(envelope, message.respond());
    } else {
      next.accept(message);
    }
  }

  private void answer(Envelope envelope, Consumer<CallResult<byte[]>> respond) {
    MessageType type =
        registry.find(envelope.to().process(), envelope.type()).orElseThrow().message();
    Record request = (Record) codec.decode(envelope.payload(), type.type());
    // A call that is sent again goes the same way.
    Asked ask =
        asked.computeIfAbsent(
            envelope.call(),
            _ ->
                new Asked(
                    envelope.to().process(), request, script.next(AskOutcome.of(type.kind()))));
    switch (ask.way()) {
      case REPLIED -> later(respond, reply(request, type, false));
      case REPLIED_OTHERWISE -> later(respond, reply(request, type, true));
      case DEFAULTED ->
          later(respond, new CallResult.Refused<>("", CallResult.Cause.CRASHED, "it crashed"));
      case REFUSED -> later(respond, new CallResult.Declined<>("", "refused"));
      case TURNED_AWAY ->
          later(
              respond, new CallResult.Refused<>("", CallResult.Cause.UNAVAILABLE, "not available"));
      case UNKNOWN -> later(respond, new CallResult.Unknown<>("", "it broke off"));
      case OUTSIDE -> later(respond, new CallResult.Replied<>("", NO_CBOR, false));
      case LATE -> {}
    }
  }

  private void later(Consumer<CallResult<byte[]>> respond, CallResult<byte[]> response) {
    time.after(RESPONSE_NANOS, () -> respond.accept(response));
  }

  /** The same reply to the same request, and another that differs when there is one. */
  private CallResult<byte[]> reply(Record request, MessageType type, boolean otherwise) {
    RandomGenerator random = Dice.of(seed, "replies to " + type.name()).generator();
    Object first = values.drawReply(request, type.replyType(), random);
    Object reply = first;
    for (int tries = 0; otherwise && reply.equals(first) && tries < TRIES_TO_DIFFER; tries++) {
      reply = values.drawReply(request, type.replyType(), random);
    }
    return new CallResult.Replied<>(
        "", codec.encode(reply), type.kind() == MessageType.Kind.COMMAND);
  }
}
