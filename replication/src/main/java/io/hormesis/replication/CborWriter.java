package io.hormesis.replication;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Writes CBOR (RFC 8949) as nested arrays of numbers, texts and bytes; no names, no classes. */
final class CborWriter {

  static final CBORFactory FACTORY = new CBORFactory();

  private final JsonGenerator out;

  private CborWriter(JsonGenerator out) {
    this.out = out;
  }

  /** What the body wrote, as bytes. */
  static byte[] write(Consumer<CborWriter> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    write(bytes, body);
    return bytes.toByteArray();
  }

  /** Lets the body write to a stream, one value after another. */
  static void write(OutputStream stream, Consumer<CborWriter> body) {
    try (JsonGenerator out = FACTORY.createGenerator(ObjectWriteContext.empty(), stream)) {
      body.accept(new CborWriter(out));
    }
  }

  /** What was written so far goes to the stream now. */
  void flush() {
    out.flush();
  }

  CborWriter array(int size) {
    out.writeStartArray(null, size);
    return this;
  }

  CborWriter end() {
    out.writeEndArray();
    return this;
  }

  CborWriter number(long value) {
    out.writeNumber(value);
    return this;
  }

  CborWriter flag(boolean value) {
    out.writeBoolean(value);
    return this;
  }

  CborWriter text(@Nullable String value) {
    out.writeString(value); // null becomes CBOR's null
    return this;
  }

  CborWriter bytes(byte @Nullable [] value) {
    if (value == null) {
      out.writeNull();
    } else {
      out.writeBinary(value);
    }
    return this;
  }

  CborWriter instant(Instant value) {
    return number(value.getEpochSecond()).number(value.getNano());
  }

  <T> CborWriter list(Collection<? extends T> items, BiConsumer<CborWriter, T> each) {
    array(items.size());
    items.forEach(item -> each.accept(this, item));
    return end();
  }
}
