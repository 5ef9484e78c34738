package io.hormesis.engine.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Our few forms of CBOR are those of everybody. */
class CborTest {

  private static final List<String> TEXTS =
      List.of(
          "", "a", "tax-desk", "kjeks-æøå", "漢字", "😀 and more", "x".repeat(23), "y".repeat(300));

  private static byte[] ofJackson(Consumer<JsonGenerator> body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = new CBORFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
      body.accept(out);
    }
    return bytes.toByteArray();
  }

  private static long drawn(Random random) {
    return random.nextLong() >> random.nextInt(64);
  }

  @Test
  void whatIsWrittenIsWhatALibraryWritesAndIsReadAgain() {
    for (long seed = 1; seed <= 2_000; seed++) {
      Random random = new Random(seed);
      long number = drawn(random);
      String text = TEXTS.get(random.nextInt(TEXTS.size()));
      byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(30)];
      random.nextBytes(bytes);
      boolean flag = random.nextBoolean();
      int items = random.nextInt(300);

      byte[] ours =
          CborWriter.write(out -> {
            out.array(6).number(number).text(text).bytes(bytes).flag(flag).text(null);
            out.array(items);
            for (int i = 0; i < items; i++) {
              out.number(-i);
            }
            out.end().end();
          });
      byte[] theirs =
          ofJackson(out -> {
            out.writeStartArray(null, 6);
            out.writeNumber(number).writeString(text).writeBinary(bytes).writeBoolean(flag);
            out.writeNull().writeStartArray(null, items);
            for (int i = 0; i < items; i++) {
              out.writeNumber(-i);
            }
            out.writeEndArray().writeEndArray();
          });
      assertThat(ours).as("seed %d", seed).isEqualTo(theirs);

      boolean read =
          CborReader.<Boolean>read(
              ours,
              in -> {
                in.open();
                assertThat(in.number()).isEqualTo(number);
                assertThat(in.text()).isEqualTo(text);
                assertThat(in.bytes()).isEqualTo(bytes);
                assertThat(in.flag()).isEqualTo(flag);
                assertThat(in.optional(CborReader::text)).isEmpty();
                assertThat(in.list(CborReader::number)).hasSize(items);
                in.close();
                return true;
              });
      assertThat(read).as("seed %d", seed).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffffL, 0x1_0000_0000L})
  void numbersAtTheirBordersComeBack(long border) {
    for (long number : List.of(border, -border, ~border, Long.MAX_VALUE - border)) {
      byte[] bytes = CborWriter.write(out -> out.number(number));
      assertThat(CborReader.<Long>read(bytes, CborReader::number)).isEqualTo(number);
      assertThat(bytes).isEqualTo(ofJackson(out -> out.writeNumber(number)));
    }
  }

  @Test
  void halfACharacterIsRefused() {
    assertThatThrownBy(() -> CborWriter.write(out -> out.text("a\ud83d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has half a character (a lone surrogate): send whole ones");
  }

  @Test
  void arrayWithMoreOrFewerItemsThanItSaysIsAnErrorOfOurs() {
    assertThatThrownBy(() -> CborWriter.write(out -> out.array(2).number(1).end()))
        .hasMessage("an array ends with 1 items to go");
    assertThatThrownBy(() -> CborWriter.write(out -> out.array(1).number(1).flag(true)))
        .hasMessage("an array has more items than it said");
    assertThatThrownBy(() ->
            CborWriter.write(out -> {
              for (int i = 0; i < 20; i++) {
                out.array(1);
              }
            }))
        .hasMessage("arrays lie more than 8 deep");
  }

  @ParameterizedTest
  @CsvSource({
    "1bffffffffffffffff, number, out of range: 18446744073709551615",
    "1a0000, number, 'a length or number is cut short, or of a form that is not used here'",
    "1f, number, 'a length or number is cut short, or of a form that is not used here'",
    "'', number, it ends too soon",
    "61ff, text, a text that is not UTF-8",
    "6261, text, '2 bytes wanted, but there are 1'",
    "5b7fffffffffffffff00, bytes, '9223372036854775807 bytes wanted, but there are 1'",
    "9b7fffffffffffffff00, list, 'an array of 9223372036854775807 items, 0 deep'",
    "9f01ff, list, 'a length or number is cut short, or of a form that is not used here'",
    "820101, short, an array has 1 items too many",
    "810101, long, an array has too few items",
    "0101, number, bytes after the end",
    "01, text, 'a text wanted, but there is 0x01'",
    "f7, flag, 'a flag wanted, but there is 0xf7'",
    "fb3ff0000000000000, number, 'a number wanted, but there is 0xfb'"
  })
  void whatIsNotOursIsMalformed(String hex, String form, String message) {
    Function<CborReader, Object> body =
        switch (form) {
          case "number" -> CborReader::number;
          case "text" -> CborReader::text;
          case "bytes" -> CborReader::bytes;
          case "flag" -> CborReader::flag;
          case "list" -> in -> in.list(CborReader::number);
          case "short", "long" ->
              in -> {
                in.open();
                Object read = form.equals("short") ? in.number() : in.number() + in.number();
                in.close();
                return read;
              };
          default -> throw new IllegalArgumentException(form);
        };
    assertThatThrownBy(() -> CborReader.read(HexFormat.of().parseHex(hex), body))
        .isInstanceOf(Malformed.class)
        .hasMessage(message);
  }

  @Test
  void deepNestingIsMalformedAndDoesNotOverflow() {
    byte[] deep = new byte[100_000];
    java.util.Arrays.fill(deep, (byte) 0x81);
    assertThatThrownBy(() -> CborReader.<Optional<Void>>read(deep, CborTest::openAll))
        .isInstanceOf(Malformed.class)
        .hasMessage("an array of 1 items, 8 deep");
  }

  private static Optional<Void> openAll(CborReader in) {
    while (in.hasNext()) {
      in.open();
    }
    return Optional.empty();
  }
}
