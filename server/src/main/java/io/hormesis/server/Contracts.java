package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.MessageRegistry.Word;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.process.MessageType;
import io.hormesis.process.Reply;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** The guard on both sides of a worker: is it in the defined input set, in the output set? */
final class Contracts {
  private final MessageRegistry registry;
  private final PlainCodec codec;

  Contracts(MessageRegistry registry, PlainCodec codec) {
    this.registry = registry;
    this.codec = codec;
  }

  /**
   * What kind of message is in an envelope.
   *
   * @throws MalformedMessage when its process has no such message
   */
  Word word(Envelope envelope) {
    return registry
        .find(envelope.to().process(), envelope.type())
        .orElseThrow(() ->
            new MalformedMessage(
                "%s knows no message number %d: the asker is of another version"
                    .formatted(envelope.to().process(), envelope.type())));
  }

  /**
   * The message in an envelope.
   *
   * @throws MalformedMessage when it cannot be read
   */
  Incoming open(Envelope envelope) {
    Word word = word(envelope);
    return new Incoming(word, (Record) codec.decode(envelope.payload(), word.message().type()));
  }

  /** The response to what could not be opened. */
  static CallResult<byte[]> notUnderstood(MalformedMessage failure) {
    return new CallResult.Refused<>("", CallResult.Cause.NOT_UNDERSTOOD, failure.reason());
  }

  /**
   * Encodes a worker's reply.
   *
   * @throws WrongReply when it is not what the request was promised
   */
  CallResult<byte[]> result(Word word, Reply<?> reply, boolean durable) {
    MessageType message = word.message();
    boolean notice = message.kind() == MessageType.Kind.NOTICE;
    return switch (reply) {
      case Reply.None<?> _ when notice -> new CallResult.Replied<>("", new byte[0], durable);
      case Reply.Value<?>(Object value) when !notice && fits(value, message.replyType()) ->
          new CallResult.Replied<>(
              "", encoded("reply to " + message.name(), value, message.replyType()), durable);
      case Reply.Refusal<?>(String reason) when message.kind() == MessageType.Kind.COMMAND ->
          new CallResult.Declined<>("", reason);
      case Reply<?> wrong ->
          throw new WrongReply(
              "reply to %s must be a %s, but was %s"
                  .formatted(message.name(), message.replyType().getTypeName(), wrong));
    };
  }

  /**
   * Encodes what a worker made, so that it can be read back.
   *
   * @throws WrongReply when it cannot; it names the component
   */
  byte[] encoded(String what, Object value, Type type) {
    try {
      return codec.encode(value, type);
    } catch (MalformedMessage unreadable) {
      throw WrongReply.unreadable(what, unreadable);
    }
  }

  private static boolean fits(Object value, Type promised) {
    return switch (promised) {
      case Class<?> type -> wrapped(type).isInstance(value);
      case ParameterizedType type -> ((Class<?>) type.getRawType()).isInstance(value);
      default -> false;
    };
  }

  private static Class<?> wrapped(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
  }

  /** A message that is in the contract. */
  record Incoming(Word word, Record message) {}

  /** What a worker made is outside the contract, or could not be read back. */
  static final class WrongReply extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongReply(String message) {
      super(message);
    }

    static WrongReply unreadable(String what, MalformedMessage why) {
      return new WrongReply("%s could not be read back: %s".formatted(what, why.reason()));
    }

    String what() {
      return String.valueOf(getMessage());
    }
  }
}
