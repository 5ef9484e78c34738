package io.hormesis.engine.delivery;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Writes plain data as CBOR and reads it back. Components go by their names, so an older record is
 * read by newer code that added components with a default ({@code Optional}, {@code List}, {@code
 * Map}); a newer one is refused whole.
 *
 * <p>Equal data gives equal bytes.
 */
public final class PlainCodec {

  /** The largest encoded message, reply or state, in bytes. */
  public static final int LIMIT = 200 * 1024;

  private static final int FINGERPRINT = 16;
  private static final JsonSetter.Value EMPTY_WHEN_MISSING =
      JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxDocumentLength(LIMIT)
          .maxTokenCount(100_000)
          .maxStringLength(LIMIT)
          .maxNumberLength(100)
          .build();

  /** One for all: what it learns of a class, which takes long, it learns once. */
  private static final CBORMapper MAPPER =
      CBORMapper.builder(
              CBORFactory.builder()
                  .recyclerPool(Buffers.POOL)
                  .streamReadConstraints(BOUNDS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .withConfigOverride(List.class, it -> it.setNullHandling(EMPTY_WHEN_MISSING))
          .withConfigOverride(Map.class, it -> it.setNullHandling(EMPTY_WHEN_MISSING))
          .addModule(new PlainModule())
          .build();

  private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

  /**
   * Encodes a record, or another piece of plain data.
   *
   * @throws MalformedMessage when it is larger than {@link #LIMIT} or not plain data
   */
  public byte[] encode(Object value) {
    try {
      byte[] bytes = MAPPER.writeValueAsBytes(value);
      if (bytes.length > LIMIT) {
        throw new MalformedMessage(
            "%s must be at most %d bytes, but was %d: split it"
                .formatted(value.getClass().getSimpleName(), LIMIT, bytes.length));
      }
      return bytes;
    } catch (JacksonException failure) {
      throw new MalformedMessage(
          "%s is not plain data: %s"
              .formatted(value.getClass().getSimpleName(), failure.getOriginalMessage()),
          failure);
    }
  }

  /**
   * Decodes what {@link #encode} wrote.
   *
   * @throws MalformedMessage when the bytes are not a value of that type
   */
  public Object decode(byte[] bytes, Type type) {
    try {
      return reader(type).readValue(bytes);
    } catch (JacksonException failure) {
      throw new MalformedMessage(
          "not a %s: %s".formatted(type.getTypeName(), failure.getOriginalMessage()), failure);
    }
  }

  private ObjectReader reader(Type type) {
    return readers.computeIfAbsent(type, it -> MAPPER.readerFor(MAPPER.constructType(it)));
  }

  /** Tells apart two messages under one request id: 16 bytes of a digest. */
  public static byte[] fingerprint(byte[] encoded) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
      return Arrays.copyOf(digest, FINGERPRINT);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
