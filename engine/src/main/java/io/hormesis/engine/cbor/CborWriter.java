package io.hormesis.engine.cbor;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Writes CBOR (RFC 8949) as nested arrays of numbers, texts and bytes; no names, no classes.
 *
 * <p>It is written by hand, for these six forms of CBOR only: a library's generator is made anew
 * for each message, and that took more time than everything else that a message needs.
 */
public final class CborWriter {

  static final int UNSIGNED = 0 << 5;
  static final int NEGATIVE = 1 << 5;
  static final int BYTES = 2 << 5;
  static final int TEXT = 3 << 5;
  static final int ARRAY = 4 << 5;

  static final int FALSE = 0xf4;
  static final int TRUE = 0xf5;
  static final int NULL = 0xf6;

  /** So deep may arrays lie in each other. */
  static final int NESTING_LIMIT = 8;

  private byte[] buffer;
  private int size;

  /** How many items each open array still lacks. */
  private final int[] lacking = new int[NESTING_LIMIT];

  private int depth;

  public CborWriter(int bytesExpected) {
    buffer = new byte[bytesExpected];
  }

  /** What the body wrote, as bytes. */
  public static byte[] write(Consumer<CborWriter> body) {
    CborWriter out = new CborWriter(256);
    body.accept(out);
    return out.cut(out.size);
  }

  /** How many bytes were written. */
  public int size() {
    return size;
  }

  /** Takes the first bytes out; what was written behind them stays. */
  public byte[] cut(int length) {
    byte[] taken = Arrays.copyOf(buffer, length);
    System.arraycopy(buffer, length, buffer, 0, size - length);
    size -= length;
    return taken;
  }

  /** Takes all bytes out, into a checksum. */
  public void drainTo(Checksum checksum) {
    checksum.update(buffer, 0, size);
    size = 0;
  }

  /** Opens an array of so many items. */
  public CborWriter array(int items) {
    item(ARRAY, items);
    if (depth == NESTING_LIMIT) {
      throw new IllegalStateException("arrays lie more than %d deep".formatted(NESTING_LIMIT));
    }
    lacking[depth++] = items;
    return this;
  }

  public CborWriter end() {
    if (lacking[--depth] != 0) {
      throw new IllegalStateException(
          "an array ends with %d items to go".formatted(lacking[depth]));
    }
    return this;
  }

  public CborWriter number(long value) {
    return value < 0 ? item(NEGATIVE, ~value) : item(UNSIGNED, value);
  }

  public CborWriter flag(boolean value) {
    return simple(value ? TRUE : FALSE);
  }

  public CborWriter text(@Nullable String value) {
    if (value == null) {
      return simple(NULL);
    }
    int length = value.length();
    for (int i = 0; i < length; i++) {
      if (value.charAt(i) >= 0x80) {
        return wide(value);
      }
    }
    item(TEXT, length);
    room(length);
    for (int i = 0; i < length; i++) {
      buffer[size++] = (byte) value.charAt(i);
    }
    return this;
  }

  /** Text beyond ASCII; half a character is refused, for it would come back as another. */
  private CborWriter wide(String value) {
    ByteBuffer utf8;
    try {
      utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "text '%s': has half a character (a lone surrogate): send whole ones".formatted(value),
          e);
    }
    int length = utf8.remaining();
    item(TEXT, length);
    room(length);
    utf8.get(buffer, size, length);
    size += length;
    return this;
  }

  public CborWriter bytes(byte @Nullable [] value) {
    if (value == null) {
      return simple(NULL);
    }
    item(BYTES, value.length);
    room(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return this;
  }

  public CborWriter instant(Instant value) {
    return number(value.getEpochSecond()).number(value.getNano());
  }

  public <T> CborWriter list(Collection<? extends T> items, BiConsumer<CborWriter, T> each) {
    array(items.size());
    items.forEach(item -> each.accept(this, item));
    return end();
  }

  private CborWriter simple(int value) {
    counted();
    room(1);
    buffer[size++] = (byte) value;
    return this;
  }

  /** The head of an item: its kind, and its value or length in as few bytes as hold it. */
  private CborWriter item(int kind, long value) {
    counted();
    room(9);
    if (value < 24) {
      buffer[size++] = (byte) (kind | value);
      return this;
    }
    int width = value < 1 << 8 ? 0 : value < 1 << 16 ? 1 : value < 1L << 32 ? 2 : 3;
    buffer[size++] = (byte) (kind | (24 + width));
    for (int shift = (8 << width) - 8; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (value >> shift);
    }
    return this;
  }

  private void counted() {
    if (depth > 0 && --lacking[depth - 1] < 0) {
      throw new IllegalStateException("an array has more items than it said");
    }
  }

  private void room(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }
}
