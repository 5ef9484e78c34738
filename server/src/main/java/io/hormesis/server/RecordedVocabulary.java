package io.hormesis.server;

import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.storage.Disk;
import io.hormesis.storage.SmallFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;

/** The list of message numbers that a store was written with: checked at each start, then kept. */
final class RecordedVocabulary {
  private static final String FILE = "messages.cbor";

  private RecordedVocabulary() {}

  /**
   * Checks the vocabulary against the record and writes the record anew.
   *
   * @throws UncheckedIOException when the record is damaged
   * @throws io.hormesis.engine.delivery.MalformedMessage when a number means another message now
   */
  static void keep(Disk disk, PlainCodec codec, MessageRegistry registry) {
    SmallFile file = new SmallFile(disk, FILE);
    try {
      Map<String, String> recorded = file.read().map(it -> decode(codec, it)).orElseGet(Map::of);
      registry.check(recorded);
      Map<String, String> all = new HashMap<>(recorded);
      all.putAll(registry.record());
      if (!all.equals(recorded)) {
        file.write(codec.encode(all));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  // A map from text to text is all that is ever written there.
  @SuppressWarnings("unchecked")
  private static Map<String, String> decode(PlainCodec codec, byte[] bytes) {
    return (Map<String, String>) codec.decode(bytes, new TextMap());
  }

  /** The type of the record. */
  private record TextMap() implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {String.class, String.class};
    }

    @Override
    public Type getRawType() {
      return Map.class;
    }

    @Override
    public Type getOwnerType() {
      return Map.class;
    }
  }
}
