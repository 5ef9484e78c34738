package io.hormesis.engine.delivery;

import java.lang.reflect.Type;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Writes plain data as CBOR and reads it back. Components go by their names, so an older record is
 * read by newer code that added components with a default ({@code Optional}, {@code List}, {@code
 * Map}); a newer one is refused whole.
 *
 * <p>Equal data gives equal bytes. What is written can be read: the limits ({@link PlainLimits})
 * are kept as it is written, and what would not come back equal, such as null, is refused with the
 * name of its component.
 */
public final class PlainCodec {

  /** The largest encoded message, reply or state, in bytes. */
  public static final int LIMIT = PlainLimits.BYTES;

  private static final int FINGERPRINT = 16;

  /**
   * Never tighter than what is written. Names are keys of authors' maps, too: any may come, as long
   * as any text, and no table of names may refuse them.
   */
  private static final CBORFactory FACTORY =
      CBORFactory.builder()
          .recyclerPool(Buffers.POOL)
          .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(PlainLimits.NESTING)
                  .maxTokenCount(PlainLimits.TOKENS)
                  .maxStringLength(PlainLimits.BYTES)
                  .maxNameLength(PlainLimits.BYTES)
                  .maxNumberLength(2 * PlainLimits.DIGITS)
                  .build())
          .build();

  private final Map<Type, PlainForm> forms = new ConcurrentHashMap<>();

  /**
   * Encodes a record, or another piece of plain data.
   *
   * @throws MalformedMessage when it is beyond the limits or not plain data; its reason has the
   *     name of the component
   */
  public byte[] encode(Object value) {
    return encode(value, PlainForm.ANY);
  }

  /**
   * Encodes a value that must be of a type.
   *
   * @throws MalformedMessage when it is of another one, beyond the limits or not plain data; its
   *     reason has the name of the component
   */
  public byte[] encode(Object value, Type type) {
    return encode(value, form(type));
  }

  private static byte[] encode(Object value, PlainForm form) {
    try (PlainWriter out = new PlainWriter(FACTORY)) {
      form.write(out, value);
      return out.written();
    } catch (PlainRefusal refusal) {
      throw new MalformedMessage(refusal.reason(value.getClass().getSimpleName()), refusal);
    }
  }

  /**
   * Decodes what {@link #encode} wrote.
   *
   * @throws MalformedMessage when the bytes are not a value of that type
   */
  public Object decode(byte[] bytes, Type type) {
    if (bytes.length > LIMIT) {
      throw new MalformedMessage(
          "%s must be at most %d bytes, but was %d: split it"
              .formatted(name(type), LIMIT, bytes.length));
    }
    try (PlainReader in = new PlainReader(FACTORY, bytes)) {
      Object value = form(type).read(in);
      in.end();
      return value;
    } catch (PlainRefusal refusal) {
      throw new MalformedMessage(refusal.reason(name(type)), refusal);
    } catch (JacksonException failure) {
      throw new MalformedMessage(
          "not a %s: %s".formatted(name(type), failure.getOriginalMessage()), failure);
    }
  }

  private PlainForm form(Type type) {
    return forms.computeIfAbsent(type, PlainForm::of);
  }

  private static String name(Type type) {
    return type instanceof Class<?> known ? known.getSimpleName() : type.getTypeName();
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
