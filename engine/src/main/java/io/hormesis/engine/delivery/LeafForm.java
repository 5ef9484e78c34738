package io.hormesis.engine.delivery;

import io.hormesis.process.RequestId;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Values that hold no others: texts, numbers, truths and times. */
record LeafForm<T>(
    Class<T> type, BiConsumer<PlainWriter, T> writing, Function<PlainReader, T> reading)
    implements PlainForm {
  private static final Map<Class<?>, LeafForm<?>> KNOWN = new HashMap<>();

  static {
    add(String.class, PlainWriter::text, PlainReader::text);
    add(Character.class, (out, it) -> out.text(it.toString()), LeafForm::letter);
    add(Boolean.class, PlainWriter::truth, PlainReader::truth);
    add(
        Byte.class,
        (out, it) -> out.number(it),
        in -> (byte) in.number(Byte.MIN_VALUE, Byte.MAX_VALUE));
    add(
        Short.class,
        (out, it) -> out.number(it),
        in -> (short) in.number(Short.MIN_VALUE, Short.MAX_VALUE));
    add(
        Integer.class,
        (out, it) -> out.number(it),
        in -> (int) in.number(Integer.MIN_VALUE, Integer.MAX_VALUE));
    add(Long.class, (out, it) -> out.number(it), in -> in.number(Long.MIN_VALUE, Long.MAX_VALUE));
    add(Float.class, (out, it) -> out.number(it.floatValue()), PlainReader::single);
    add(Double.class, (out, it) -> out.number(it.doubleValue()), PlainReader::twice);
    add(BigInteger.class, PlainWriter::number, PlainReader::whole);
    add(BigDecimal.class, PlainWriter::number, PlainReader::decimal);
    add(Instant.class, (out, it) -> out.text(it.toString()), in -> time(in, Instant::parse));
    add(LocalDate.class, (out, it) -> out.text(it.toString()), in -> time(in, LocalDate::parse));
    add(Duration.class, (out, it) -> out.text(it.toString()), in -> time(in, Duration::parse));
    add(RequestId.class, (out, it) -> out.text(it.value()), LeafForm::id);
  }

  private static <T> void add(
      Class<T> type, BiConsumer<PlainWriter, T> writing, Function<PlainReader, T> reading) {
    KNOWN.put(type, new LeafForm<>(type, writing, reading));
  }

  static boolean knows(Class<?> type) {
    return KNOWN.containsKey(boxed(type));
  }

  static PlainForm of(Class<?> type) {
    return Optional.ofNullable(KNOWN.get(boxed(type))).orElseThrow();
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  @Override
  public void write(PlainWriter out, Object value) {
    if (!type.isInstance(value)) {
      throw PlainForm.another(type.getSimpleName(), value);
    }
    writing.accept(out, type.cast(value));
  }

  @Override
  public Object read(PlainReader in) {
    return reading.apply(in);
  }

  private static Character letter(PlainReader in) {
    String text = in.text();
    if (text.length() != 1) {
      throw wrong("one character", text);
    }
    return text.charAt(0);
  }

  private static <T> T time(PlainReader in, Function<String, T> parse) {
    String text = in.text();
    try {
      return parse.apply(text);
    } catch (DateTimeException wrong) {
      throw wrong("a time in ISO 8601", text);
    }
  }

  private static RequestId id(PlainReader in) {
    String text = in.text();
    try {
      return new RequestId(text);
    } catch (IllegalArgumentException wrong) {
      throw wrong("a request id", text);
    }
  }

  private static PlainRefusal wrong(String what, String text) {
    return new PlainRefusal(
        "must be %s, but is \"%s\": read it with the code that wrote it"
            .formatted(what, Printable.of(text)));
  }
}
