package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.process.RequestId;
import java.time.Instant;
import java.time.LocalDate;
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
        .hasMessageStartingWith("Part must be at most 204800 bytes, but was ");
  }

  @Test
  void garbageIsRefused() {
    assertThatThrownBy(() -> codec.decode(new byte[] {1, 2, 3}, Part.class))
        .isInstanceOf(MalformedMessage.class);
    assertThatThrownBy(() -> codec.decode(new byte[0], Part.class))
        .isInstanceOf(MalformedMessage.class);
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
