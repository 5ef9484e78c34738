package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.WireCodec;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.process.Application;
import io.hormesis.process.MessageType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What travels between the servers of an application, as text for a person. It remembers which
 * calls it saw, for a response does not say what it responds to. Not thread-safe.
 */
public final class FrameFormatter {
  private static final int LIMIT = 160;

  private final MessageRegistry registry;
  private final PlainCodec codec = new PlainCodec();
  private final WireCodec wireCodec = new WireCodec();
  private final Map<String, MessageType> calls = new HashMap<>();

  public FrameFormatter(Application application) {
    registry = new MessageRegistry(Register.beside(application, Topology.founded(List.of())));
  }

  /**
   * What is in a frame.
   *
   * @param to the server that it is sent to
   */
  public String of(String to, byte[] bytes) {
    try {
      Frame frame = Frame.decode(bytes);
      return switch (frame.kind()) {
        case MESSAGE -> of(to, wireCodec.decode(frame.body()));
        case REPLICATION ->
            String.join("; ", io.hormesis.replication.RaftFrameFormatter.of(frame.body()));
        case GOSSIP -> of(GossipCodec.read(codec, frame.body()));
        case TOPOLOGY -> of((Topology) codec.decode(frame.body(), Topology.class));
      };
    } catch (RuntimeException malformed) {
      return "a malformed frame of %d bytes (%s)".formatted(bytes.length, malformed.getMessage());
    }
  }

  /**
   * What is in a wire message.
   *
   * @param to the server that it is taken to
   */
  public String of(String to, WireMessage wireMessage) {
    return switch (wireMessage) {
      case WireMessage.Outbound(Envelope envelope) -> of(envelope);
      case WireMessage.Inbound inbound -> of(to, inbound);
    };
  }

  private String of(Envelope envelope) {
    Optional<MessageType> type =
        registry.find(envelope.to().process(), envelope.type()).map(MessageRegistry.Word::message);
    type.ifPresent(it -> calls.put(call(envelope.asker(), envelope.call()), it));
    return "%s asked %s (call %d, attempt %d, %d ms left, request %s)"
        .formatted(
            envelope.to(),
            type.map(it -> value(envelope.payload(), it.type()))
                .orElse("message number " + envelope.type()),
            envelope.call(),
            envelope.context().attempt(),
            envelope.leftMillis(),
            envelope.requestId().isEmpty() ? "without id" : envelope.requestId());
  }

  private String of(String to, WireMessage.Inbound inbound) {
    Optional<MessageType> type = Optional.ofNullable(calls.get(call(to, inbound.call())));
    String what =
        switch (inbound.result()) {
          case CallResult.Replied<byte[]> replied -> value(type, replied);
          case CallResult.Declined<byte[]> declined -> "declined: " + declined.reason();
          case CallResult.Refused<byte[]> refused ->
              "refused, %s: %s%s"
                  .formatted(
                      refused.cause(),
                      refused.reason(),
                      refused.hint().map(it -> ", perhaps at " + it).orElse(""));
          case CallResult.Unknown<byte[]> unknown -> "perhaps done: " + unknown.reason();
        };
    return "call %d%s: %s"
        .formatted(inbound.call(), type.map(it -> " (" + it.name() + ")").orElse(""), what);
  }

  private String value(Optional<MessageType> type, CallResult.Replied<byte[]> value) {
    String durable = value.durable() ? ", durable" : "";
    if (value.value().length == 0) {
      return "taken" + durable;
    }
    return "reply "
        + type.map(it -> value(value.value(), it.replyType()))
            .orElse("of %d bytes".formatted(value.value().length))
        + durable;
  }

  private String value(byte[] bytes, Type type) {
    try {
      String text = String.valueOf(codec.decode(bytes, type));
      return text.length() <= LIMIT ? text : text.substring(0, LIMIT) + "…";
    } catch (MalformedMessage malformed) {
      return "%d bytes that are no %s".formatted(bytes.length, type.getTypeName());
    }
  }

  private static String of(StatusGossip gossip) {
    String leads =
        gossip.leads().stream()
            .map(it -> "%s/%d term %d".formatted(it.process(), it.partition(), it.term()))
            .collect(Collectors.joining(", "));
    return "stands %s%s%s"
        .formatted(
            gossip.state().word(),
            gossip.reason().isEmpty() ? "" : " (" + gossip.reason() + ")",
            leads.isEmpty() ? "" : ", leads " + leads);
  }

  private static String of(Topology topology) {
    return "topology %d: %s".formatted(topology.version(), String.join(", ", topology.names()));
  }

  private static String call(String asker, long number) {
    return asker + " " + number;
  }
}
