package io.hormesis.engine.delivery;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Writes one value as CBOR, and refuses what a {@link PlainReader} would not read. */
final class PlainWriter implements AutoCloseable {
  private final Bytes bytes = new Bytes();
  private final JsonGenerator out;
  private int tokens;
  private int nesting;
  private long least;

  PlainWriter(CBORFactory factory) {
    out = factory.createGenerator(ObjectWriteContext.empty(), bytes);
  }

  void beginRecord(int components) {
    begin();
    out.writeStartObject(null, components);
  }

  void name(SerializableString name) {
    token();
    out.writeName(name);
  }

  void name(String name) {
    token();
    check(name);
    out.writeName(name);
  }

  void endRecord() {
    end();
    out.writeEndObject();
  }

  void beginList(int elements) {
    begin();
    out.writeStartArray(null, elements);
  }

  void endList() {
    end();
    out.writeEndArray();
  }

  void nothing() {
    token();
    out.writeNull();
  }

  void text(String text) {
    token();
    check(text);
    out.writeString(text);
  }

  void truth(boolean value) {
    token();
    out.writeBoolean(value);
  }

  void number(long value) {
    token();
    out.writeNumber(value);
  }

  void number(float value) {
    token();
    out.writeNumber(value);
  }

  void number(double value) {
    token();
    out.writeNumber(value);
  }

  void number(BigInteger value) {
    token();
    PlainNumbers.check(value);
    out.writeNumber(value);
  }

  void number(BigDecimal value) {
    token();
    PlainNumbers.check(value);
    out.writeNumber(value);
  }

  /** What was written. */
  byte[] written() {
    out.close();
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    bytes.over = true;
    out.close();
  }

  private void begin() {
    token();
    if (++nesting > PlainLimits.NESTING) {
      throw new PlainRefusal(
          "must lie at most %d deep in others, but lies deeper: flatten it"
              .formatted(PlainLimits.NESTING));
    }
  }

  private void end() {
    token();
    nesting--;
  }

  private void token() {
    if (++tokens > PlainLimits.TOKENS) {
      throw new PlainRefusal(
          "must come within the first %d names, values, beginnings and ends, but comes later: keep less in one value"
              .formatted(PlainLimits.TOKENS));
    }
    takes(1);
  }

  /** At least so many bytes more: whoever is beyond the limit is told where that is. */
  private void takes(int bytesMore) {
    least += bytesMore;
    if (least > PlainLimits.BYTES) {
      throw tooLong();
    }
  }

  private static PlainRefusal tooLong() {
    return new PlainRefusal(
        "must end within %d bytes, but ends later: split it".formatted(PlainLimits.BYTES));
  }

  /** Half a surrogate pair has no place in UTF-8. */
  private void check(String text) {
    takes(text.length());
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      if (Character.isSurrogate(one)) {
        if (Character.isLowSurrogate(one)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new PlainRefusal(
              "must be Unicode, but holds half a surrogate pair (\"%s\"): keep both halves together"
                  .formatted(Printable.of(text)));
        }
        i++;
      }
    }
  }

  /** Takes no more than may be read. */
  private static final class Bytes extends ByteArrayOutputStream {
    private boolean over;

    Bytes() {
      super(256);
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
      if (over) {
        return; // the value was refused: what is left of it goes nowhere
      }
      if (count + length > PlainLimits.BYTES) {
        over = true;
        throw tooLong();
      }
      super.write(from, offset, length);
    }
  }
}
