package io.hormesis.engine.cbor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads what {@link CborWriter} wrote, strictly: another type, a number out of range, one item too
 * few or too many is {@link Malformed}. What it allocates is bounded by the length of the input.
 */
public final class CborReader {

  /** Most items of one list. */
  static final int ITEMS_LIMIT = 100_000;

  private static final int KIND = 0xe0;
  private static final int VALUE = 0x1f;

  private final byte[] in;
  private int at;

  /** How many items each open array still has. */
  private final int[] left = new int[CborWriter.NESTING_LIMIT];

  private int depth;

  private CborReader(byte[] in) {
    this.in = in;
  }

  /** Reads one value that must fill the input. */
  public static <T> T read(byte[] bytes, Function<CborReader, T> body) {
    return sequence(
        bytes,
        reader -> {
          T value = body.apply(reader);
          if (reader.hasNext()) {
            throw new Malformed("bytes after the end");
          }
          return value;
        });
  }

  /** Reads values that follow each other until {@link #hasNext()} says there are no more. */
  public static <T> T sequence(byte[] bytes, Function<CborReader, T> body) {
    try {
      return body.apply(new CborReader(bytes));
    } catch (Malformed e) {
      throw e;
    } catch (RuntimeException e) { // of a value that a type refuses
      throw new Malformed("not what it should be: " + e.getMessage(), e);
    }
  }

  public boolean hasNext() {
    return at < in.length;
  }

  public void open() {
    long items = item(CborWriter.ARRAY, "an array");
    if (items > in.length - at || depth == left.length) {
      throw new Malformed("an array of %d items, %d deep".formatted(items, depth));
    }
    left[depth++] = (int) items;
  }

  /** Whether the open array has items left. */
  public boolean hasMore() {
    return left[depth - 1] > 0;
  }

  public void close() {
    if (left[--depth] != 0) {
      throw new Malformed("an array has %d items too many".formatted(left[depth]));
    }
  }

  public long number() {
    boolean negative = kind() == CborWriter.NEGATIVE;
    long value = item(negative ? CborWriter.NEGATIVE : CborWriter.UNSIGNED, "a number");
    return negative ? ~value : value;
  }

  /** A number from 0. */
  public long count() {
    long value = number();
    if (value < 0) {
      throw new Malformed("negative: " + value);
    }
    return value;
  }

  public int integer() {
    long value = number();
    if (value != (int) value) {
      throw new Malformed("out of range: " + value);
    }
    return (int) value;
  }

  /** A whole number from 0 that is an {@code int}. */
  public int smallCount() {
    int value = integer();
    if (value < 0) {
      throw new Malformed("negative: " + value);
    }
    return value;
  }

  public boolean flag() {
    int head = head();
    if (head != CborWriter.TRUE && head != CborWriter.FALSE) {
      throw wanted("a flag");
    }
    counted();
    at++;
    return head == CborWriter.TRUE;
  }

  public String text() {
    int length = length(item(CborWriter.TEXT, "a text"));
    int start = at;
    at += length;
    for (int i = start; i < at; i++) {
      if (in[i] < 0) {
        return wide(start, length);
      }
    }
    return new String(in, start, length, StandardCharsets.ISO_8859_1);
  }

  private String wide(int start, int length) {
    try {
      ByteBuffer utf8 = ByteBuffer.wrap(in, start, length);
      return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("a text that is not UTF-8", e);
    }
  }

  public byte[] bytes() {
    int length = length(item(CborWriter.BYTES, "bytes"));
    at += length;
    return Arrays.copyOfRange(in, at - length, at);
  }

  private int length(long claimed) {
    if (claimed > in.length - at) {
      throw new Malformed("%d bytes wanted, but there are %d".formatted(claimed, in.length - at));
    }
    return (int) claimed;
  }

  public <T> Optional<T> optional(Function<CborReader, T> value) {
    if (head() == CborWriter.NULL) {
      counted();
      at++;
      return Optional.empty();
    }
    return Optional.of(value.apply(this));
  }

  public Instant instant() {
    long seconds = number();
    return Instant.ofEpochSecond(seconds, smallCount());
  }

  public <T> List<T> list(Function<CborReader, T> each) {
    open();
    return rest(each);
  }

  /** The items up to the end of the array that is open, and closes it. */
  public <T> List<T> rest(Function<CborReader, T> each) {
    int count = left[depth - 1];
    if (count > ITEMS_LIMIT) {
      throw new Malformed("more than %d items".formatted(ITEMS_LIMIT));
    }
    List<T> items = new ArrayList<>(Math.min(count, 64));
    while (left[depth - 1] > 0) {
      items.add(each.apply(this));
    }
    close();
    return items;
  }

  private int head() {
    if (at == in.length) {
      throw new Malformed("it ends too soon");
    }
    return in[at] & 0xff;
  }

  private int kind() {
    return head() & KIND;
  }

  /** The value, or the length, of an item of that kind; what it counts comes behind. */
  private long item(int kind, String name) {
    int head = head();
    if ((head & KIND) != kind) {
      throw wanted(name);
    }
    counted();
    at++;
    int value = head & VALUE;
    return value < 24 ? value : wideValue(value);
  }

  /** 24 to 27 stand for a value in the next 1, 2, 4 or 8 bytes. */
  private long wideValue(int form) {
    int width = form > 27 ? Integer.MAX_VALUE : 1 << (form - 24);
    if (width > in.length - at) {
      throw new Malformed("a length or number is cut short, or of a form that is not used here");
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = (value << 8) | (in[at++] & 0xff);
    }
    if (value < 0) {
      throw new Malformed("out of range: " + Long.toUnsignedString(value));
    }
    return value;
  }

  private void counted() {
    if (depth > 0 && --left[depth - 1] < 0) {
      throw new Malformed("an array has too few items");
    }
  }

  private Malformed wanted(String name) {
    return new Malformed("%s wanted, but there is 0x%02x".formatted(name, head()));
  }
}
