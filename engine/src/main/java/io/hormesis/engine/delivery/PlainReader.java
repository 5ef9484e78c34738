package io.hormesis.engine.delivery;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Reads one value from CBOR. It stands at the first token of the value that is read next. */
final class PlainReader implements AutoCloseable {
  private final JsonParser in;

  PlainReader(CBORFactory factory, byte[] bytes) {
    in = factory.createParser(ObjectReadContext.empty(), bytes);
    in.nextToken();
  }

  /** Whether nothing is here. */
  boolean isNothing() {
    return in.currentToken() == JsonToken.VALUE_NULL;
  }

  void beginRecord() {
    expect(JsonToken.START_OBJECT, "a record");
  }

  /** Goes to the next component or entry; null when there is none. */
  @Nullable String nextName() {
    String name = in.nextName();
    if (name != null) {
      in.nextToken();
    } else if (in.currentToken() != JsonToken.END_OBJECT) {
      throw unexpected("a name");
    }
    return name;
  }

  void beginList() {
    expect(JsonToken.START_ARRAY, "a list");
  }

  /** Goes to the next element; false when there is none. */
  boolean nextElement() {
    return in.nextToken() != JsonToken.END_ARRAY;
  }

  String text() {
    expect(JsonToken.VALUE_STRING, "a text");
    return in.getString();
  }

  boolean truth() {
    if (in.currentToken() != JsonToken.VALUE_TRUE && in.currentToken() != JsonToken.VALUE_FALSE) {
      throw unexpected("true or false");
    }
    return in.currentToken() == JsonToken.VALUE_TRUE;
  }

  /** A whole number within bounds. */
  long number(long least, long most) {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (in.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = in.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new PlainRefusal(
        "must be a whole number from %d to %d, but is beyond: read it with the code that wrote it"
            .formatted(least, most));
  }

  float single() {
    expectNumber();
    return in.getFloatValue();
  }

  double twice() {
    expectNumber();
    return in.getDoubleValue();
  }

  BigInteger whole() {
    expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
    BigInteger value = in.getBigIntegerValue();
    PlainNumbers.check(value);
    return value;
  }

  BigDecimal decimal() {
    expectNumber();
    BigDecimal value = in.getDecimalValue();
    PlainNumbers.check(value);
    return value;
  }

  /** Nothing may follow. */
  void end() {
    if (in.nextToken() != null) {
      throw unexpected("the end");
    }
  }

  @Override
  public void close() {
    in.close();
  }

  private void expectNumber() {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
        && in.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
      throw unexpected("a number");
    }
  }

  private void expect(JsonToken token, String what) {
    if (in.currentToken() != token) {
      throw unexpected(what);
    }
  }

  private PlainRefusal unexpected(String what) {
    return new PlainRefusal(
        "must be %s, but is %s: read it with the code that wrote it"
            .formatted(what, in.currentToken() == null ? "missing" : in.currentToken()));
  }
}
