package io.hormesis.replication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads what {@link CborWriter} wrote, strictly: another type, a number out of range, one item too
 * few or too many is {@link Malformed}. What it allocates is bounded by the length of the input.
 */
final class CborReader {

  /** Most items of one list. */
  static final int ITEMS_LIMIT = 100_000;

  private final JsonParser in;
  private @Nullable JsonToken token;

  private CborReader(JsonParser in) {
    this.in = in;
    this.token = in.nextToken();
  }

  /** Reads one value that must fill the input. */
  static <T> T read(byte[] bytes, Function<CborReader, T> body) {
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
  static <T> T sequence(byte[] bytes, Function<CborReader, T> body) {
    try (JsonParser in = CborWriter.FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      return body.apply(new CborReader(in));
    } catch (Malformed e) {
      throw e;
    } catch (RuntimeException e) { // the parser's, or of a value that a type refuses
      throw new Malformed("not what it should be: " + e.getMessage(), e);
    }
  }

  boolean hasNext() {
    return token != null;
  }

  void open() {
    expect(JsonToken.START_ARRAY);
    advance();
  }

  void close() {
    expect(JsonToken.END_ARRAY);
    advance();
  }

  long number() {
    expect(JsonToken.VALUE_NUMBER_INT);
    long value = in.getLongValue();
    advance();
    return value;
  }

  /** A number from 0. */
  long count() {
    long value = number();
    if (value < 0) {
      throw new Malformed("negative: " + value);
    }
    return value;
  }

  int integer() {
    long value = number();
    if (value != (int) value) {
      throw new Malformed("out of range: " + value);
    }
    return (int) value;
  }

  /** A whole number from 0 that is an {@code int}. */
  int smallCount() {
    int value = integer();
    if (value < 0) {
      throw new Malformed("negative: " + value);
    }
    return value;
  }

  boolean flag() {
    boolean value = token == JsonToken.VALUE_TRUE;
    if (!value) {
      expect(JsonToken.VALUE_FALSE);
    }
    advance();
    return value;
  }

  String text() {
    expect(JsonToken.VALUE_STRING);
    String value = in.getString();
    advance();
    return value;
  }

  byte[] bytes() {
    expect(JsonToken.VALUE_EMBEDDED_OBJECT);
    byte[] value = in.getBinaryValue();
    advance();
    return value;
  }

  <T> Optional<T> optional(Function<CborReader, T> value) {
    if (token == JsonToken.VALUE_NULL) {
      advance();
      return Optional.empty();
    }
    return Optional.of(value.apply(this));
  }

  Instant instant() {
    long seconds = number();
    return Instant.ofEpochSecond(seconds, smallCount());
  }

  <T> List<T> list(Function<CborReader, T> each) {
    open();
    return rest(each);
  }

  /** The items up to the end of the array that is open, and closes it. */
  <T> List<T> rest(Function<CborReader, T> each) {
    List<T> items = new ArrayList<>();
    while (token != JsonToken.END_ARRAY) {
      if (items.size() == ITEMS_LIMIT) {
        throw new Malformed("more than %d items".formatted(ITEMS_LIMIT));
      }
      items.add(each.apply(this));
    }
    close();
    return items;
  }

  private void expect(JsonToken wanted) {
    if (token != wanted) {
      throw new Malformed("%s wanted, but there is %s".formatted(wanted, token));
    }
  }

  private void advance() {
    token = in.nextToken();
  }
}
