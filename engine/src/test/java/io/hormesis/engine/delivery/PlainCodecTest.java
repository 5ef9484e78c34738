package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.process.RequestId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlainCodecTest {
  private final PlainCodec codec = new PlainCodec();

  /** Something of everything. */
  record Whole(
      String text,
      int number,
      long big,
      boolean truth,
      Optional<String> some,
      Optional<Part> none,
      List<Part> parts,
      Map<String, Integer> counts,
      Instant at,
      LocalDate day,
      RequestId id,
      Kind kind) {}

  /** A part. */
  record Part(String name) {}

  /** A choice. */
  enum Kind {
    ONE,
    OTHER
  }

  /** A record as it was. */
  record Older(String name) {}

  /** The same record, with components that have defaults. */
  record Newer(String name, Optional<String> note, List<String> tags) {}

  /** A record that checks itself. */
  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("value must be positive, but was " + value);
      }
    }
  }

  @Test
  void plainDataComesBackAsItWas() {
    Whole whole = whole();
    assertThat(codec.decode(codec.encode(whole), Whole.class)).isEqualTo(whole);
  }

  @Test
  void equalDataGivesEqualBytes() {
    assertThat(codec.encode(whole())).isEqualTo(codec.encode(whole()));
  }

  @Test
  void anOlderRecordIsReadByNewerCode() {
    assertThat(codec.decode(codec.encode(new Older("x")), Newer.class))
        .isEqualTo(new Newer("x", Optional.empty(), List.of()));
  }

  @Test
  void aNewerRecordIsRefusedByOlderCode() {
    byte[] newer = codec.encode(new Newer("x", Optional.of("y"), List.of()));
    assertThatThrownBy(() -> codec.decode(newer, Older.class))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("note");
  }

  @Test
  void aMissingComponentWithoutADefaultIsRefused() {
    byte[] bytes = codec.encode(Map.of());
    assertThatThrownBy(() -> codec.decode(bytes, Older.class))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("name");
  }

  @Test
  void aRecordChecksItselfOnArrivalToo() {
    byte[] bytes = codec.encode(Map.of("value", -1));
    assertThatThrownBy(() -> codec.decode(bytes, Positive.class))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining("value must be positive, but was -1");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    Part large = new Part("x".repeat(PlainCodec.LIMIT));
    assertThatThrownBy(() -> codec.encode(large))
        .hasMessage("Part.name must end within 204800 bytes, but ends later: split it");
    assertThatThrownBy(() -> codec.decode(new byte[PlainCodec.LIMIT + 1], Part.class))
        .hasMessage("Part must be at most 204800 bytes, but was 204801: split it");
  }

  @Test
  void garbageIsRefused() {
    assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3}, Part.class))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> codec.decode(new byte[0], Part.class))
        .isInstanceOf(MalformedMessage.class);
  }

  /** A record that can do more than hold its components. */
  record Card(int points, List<String> stamps) {
    boolean isFull() {
      return points >= 10;
    }

    int getMissing() {
      return 10 - points;
    }

    /** What others see. */
    @Override
    public List<String> stamps() {
      return List.of("hidden");
    }
  }

  @Test
  void aRecordIsItsComponentsWhateverItsMethodsSay() {
    Card card = new Card(3, List.of("a", "b"));
    Card back = (Card) codec.decode(codec.encode(card), Card.class);
    assertThat(back).isEqualTo(card);
    assertThat(back).hasToString(card.toString());
    assertThat(new String(codec.encode(card), StandardCharsets.ISO_8859_1))
        .contains("points", "stamps", "b")
        .doesNotContain("ull", "issing", "hidden");
  }

  /** Constants that show one text, and of which one has a body. */
  enum Cabin {
    FIRST,
    SECOND {
      @Override
      int steps() {
        return 2;
      }
    };

    int steps() {
      return 1;
    }

    @Override
    public String toString() {
      return "a cabin";
    }
  }

  record Seat(Cabin where, Map<String, Cabin> others) {}

  @Test
  void constantsAreTheirNamesWhateverTheyShow() {
    for (Cabin each : Cabin.values()) {
      Seat seat = new Seat(each, Map.of("x", each));
      assertThat(codec.decode(codec.encode(seat), Seat.class)).isEqualTo(seat);
    }
    byte[] third = codec.encode(Map.of("where", "THIRD", "others", Map.of()));
    assertThatThrownBy(() -> codec.decode(third, Seat.class))
        .hasMessage(
            "Seat.where must be one of FIRST, SECOND, but is \"THIRD\": bring that constant back");
  }

  record Doubts(
      Optional<Optional<String>> two,
      Optional<Optional<Optional<Integer>>> three,
      List<Optional<String>> many,
      Map<String, Optional<List<Integer>>> named,
      Optional<List<String>> list) {}

  @Test
  void eachKindOfNothingComesBackAsItself() {
    for (Doubts doubts :
        List.of(
            new Doubts(
                Optional.empty(),
                Optional.empty(),
                List.of(Optional.empty(), Optional.of("")),
                Map.of("a", Optional.empty(), "b", Optional.of(List.of())),
                Optional.of(List.of())),
            new Doubts(
                Optional.of(Optional.empty()),
                Optional.of(Optional.of(Optional.empty())),
                List.of(),
                Map.of(),
                Optional.empty()),
            new Doubts(
                Optional.of(Optional.of("x")),
                Optional.of(Optional.empty()),
                List.of(),
                Map.of(),
                Optional.empty()))) {
      assertThat(codec.decode(codec.encode(doubts), Doubts.class)).isEqualTo(doubts);
    }
  }

  record Times(Instant at, LocalDate day, Duration time) {}

  @Test
  void timesComeBackFromTheEndsOfTime() {
    for (Times times :
        List.of(
            new Times(Instant.MAX, LocalDate.MAX, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
            new Times(Instant.MIN, LocalDate.MIN, Duration.ofSeconds(Long.MIN_VALUE)),
            new Times(Instant.EPOCH.minusNanos(1), LocalDate.of(0, 1, 1), Duration.ofNanos(-1)))) {
      assertThat(codec.decode(codec.encode(times), Times.class)).isEqualTo(times);
    }
  }

  record Old(
      String text,
      char letter,
      int number,
      long big,
      double half,
      boolean truth,
      BigDecimal exact,
      BigInteger whole,
      Optional<String> some,
      Optional<Part> none,
      List<Part> parts,
      Map<String, Integer> counts,
      Instant at,
      LocalDate day,
      Duration time,
      RequestId id,
      Kind kind) {}

  /** As the code before this one wrote them, by another library. */
  @Test
  void bytesOfBeforeAreRead() {
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "bf64746578746474657874666c65747465726178666e756d62657224636269671b0000010000000000"
                    + "6468616c66fb3ff8000000000000657472757468f5656578616374c482223a00044fa16577686f6c65"
                    + "c3493fffffffffffffffff64736f6d6564736f6d65646e6f6e65f665706172747381bf646e616d6561"
                    + "70ff66636f756e7473bf616101616202ff626174781e323032362d31312d32355431303a30303a3030"
                    + "2e3132333435363738395a636461796a323032362d31312d32356474696d65665054312e3553626964"
                    + "656b65792d31646b696e64654f54484552ff");
    assertThat(codec.decode(bytes, Old.class))
        .isEqualTo(
            new Old(
                "text",
                'x',
                -5,
                1L << 40,
                1.5,
                true,
                new BigDecimal("-282.530"),
                BigInteger.TWO.pow(70).negate(),
                Optional.of("some"),
                Optional.empty(),
                List.of(new Part("p")),
                Map.of("a", 1, "b", 2),
                Instant.parse("2026-11-25T10:00:00.123456789Z"),
                LocalDate.of(2026, 11, 25),
                Duration.ofMillis(1500),
                new RequestId("key-1"),
                Kind.OTHER));
  }

  private static Whole whole() {
    Map<String, Integer> counts = new TreeMap<>();
    counts.put("b", 2);
    counts.put("a", 1);
    return new Whole(
        "text",
        -5,
        1L << 40,
        true,
        Optional.of("some"),
        Optional.empty(),
        List.of(new Part("p")),
        counts,
        Instant.parse("2026-11-25T10:00:00.123456789Z"),
        LocalDate.of(2026, 11, 25),
        new RequestId("key-1"),
        Kind.OTHER);
  }
}
