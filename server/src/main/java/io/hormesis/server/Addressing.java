package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.MessageRegistry.Word;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.placement.Partitions;
import io.hormesis.process.Declaration;
import io.hormesis.process.RequestId;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds out of a message where it goes, and under which request id. */
final class Addressing {
  private final MessageRegistry registry;
  private final PlainCodec codec;
  private final Function<Integer, String> drawnId;

  /**
   * @param drawnId draws a random text of so many characters
   */
  Addressing(MessageRegistry registry, PlainCodec codec, Function<Integer, String> drawnId) {
    this.registry = registry;
    this.codec = codec;
    this.drawnId = drawnId;
  }

  /**
   * Addresses a request.
   *
   * @throws MalformedMessage when it has no process, no proper key, or is too large
   */
  AddressedMessage address(String by, Ask ask, long nowMillis) {
    Word word =
        registry
            .find(ask.message().getClass())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no process of this application takes "
                        + ask.message().getClass().getSimpleName()));
    String key = word.process().stateful() ? key(word.process(), ask.message()) : "";
    return new AddressedMessage(
        by,
        word,
        target(word.process(), key),
        key,
        ask.message(),
        codec.encode(ask.message()),
        nowMillis + ask.within().toMillis(),
        named(ask));
  }

  private RequestContext named(Ask ask) {
    Optional<String> given = requestId(ask.message());
    return ask.context().named(given.orElseGet(() -> "h-" + drawnId.apply(24)), given.isPresent());
  }

  /** Where a message about a key is to be handled. */
  static Target target(Declaration<?> process, String key) {
    return process.state().isEmpty()
        ? Target.of(process.name())
        : Target.of(process.name(), Partitions.of(key, process.state().get().partitions()));
  }

  /**
   * Holds a message to the key that its envelope names.
   *
   * @throws MalformedMessage when it is about another one
   */
  static void checkKey(Declaration<?> process, Record message, String named) {
    String key = key(process, message);
    if (!key.equals(named)) {
      throw new MalformedMessage(
          "a message to %s must be about the key of its envelope, but is about another one"
              .formatted(process.name()));
    }
  }

  /** The key that a message to a stateful process is about. */
  static String key(Declaration<?> process, Record message) {
    String key = keyOf(process, message);
    if (key.isEmpty() || key.length() > Declaration.Keyed.LONGEST_KEY) {
      throw new MalformedMessage(
          "key of a message to %s must be 1 to %d characters, but has %d: shorten it"
              .formatted(process.name(), Declaration.Keyed.LONGEST_KEY, key.length()));
    }
    return key;
  }

  /** The request id that a message carries as one of its components. */
  static Optional<String> requestId(Record message) {
    return Parts.of(message).id().map(it -> ((RequestId) value(it, message)).value());
  }

  /** What tells one message from another under the same request id. */
  static byte[] fingerprint(PlainCodec codec, Envelope envelope, Record message) {
    List<Object> rest = new ArrayList<>();
    rest.add(envelope.type());
    Parts.of(message).rest().forEach(it -> rest.add(value(it, message)));
    return PlainCodec.fingerprint(codec.encode(rest));
  }

  // The contract's own key function is applied to the contract's own messages only.
  @SuppressWarnings("unchecked")
  private static <M> String keyOf(Declaration<M> process, Record message) {
    return process.state().orElseThrow().key().apply((M) message);
  }

  private static Object value(Method accessor, Record message) {
    try {
      return accessor.invoke(message);
    } catch (ReflectiveOperationException unreadable) {
      throw new MalformedMessage(
          "component %s of %s cannot be read"
              .formatted(accessor.getName(), message.getClass().getSimpleName()),
          unreadable);
    }
  }

  /** How the components of a kind of message are read: its request id, and all others. */
  private record Parts(Optional<Method> id, List<Method> rest) {

    /** Looked up once for each kind of message, for that takes longer than reading. */
    private static final ClassValue<Parts> KNOWN =
        new ClassValue<>() {
          @Override
          protected Parts computeValue(Class<?> type) {
            return in(type.getRecordComponents());
          }
        };

    static Parts of(Record message) {
      return KNOWN.get(message.getClass());
    }

    private static Parts in(RecordComponent[] components) {
      Optional<Method> id = Optional.empty();
      List<Method> rest = new ArrayList<>();
      for (RecordComponent component : components) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        if (component.getType() == RequestId.class) {
          id = Optional.of(accessor);
        } else {
          rest.add(accessor);
        }
      }
      return new Parts(id, List.copyOf(rest));
    }
  }
}
