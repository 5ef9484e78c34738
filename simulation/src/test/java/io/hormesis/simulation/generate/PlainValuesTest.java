package io.hormesis.simulation.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.process.PlainData;
import io.hormesis.process.RequestId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever a contract may hold is drawn: usual values, edges, and few of them again and again. */
final class PlainValuesTest {
  private static final int MANY = 3_000;

  enum Colour {
    RED,
    GREEN
  }

  record Everything(
      RequestId id,
      String text,
      char letter,
      Character other,
      boolean truth,
      Boolean perhaps,
      byte tiny,
      short small,
      int whole,
      Long big,
      BigInteger huge,
      double share,
      float part,
      BigDecimal price,
      Instant at,
      LocalDate day,
      Duration lasts,
      Colour colour,
      Optional<Integer> maybe,
      List<Everything> more,
      Map<String, Optional<LocalDate>> days) {}

  record Filing(RequestId id, String citizen, int year, long income) {
    Filing {
      check(citizen.matches("[0-9]{11}"), "citizen must be 11 digits, but was " + citizen);
      check(year >= 1900 && year <= 2100, "year must be 1900 to 2100, but was " + year);
      check(income >= 0 && income <= 1_000_000_000_000L, "income must be 0 or more: " + income);
    }
  }

  record Look(String citizen) {
    Look {
      check(citizen.matches("[0-9]{11}"), "11 digits are wanted");
    }
  }

  record Span(int first, int last) {
    Span {
      check(first < last, "a span must have a length");
    }
  }

  record Checked(long number) {
    Checked {
      check(number % 1_000_003 == 123_457, "check digit of number is wrong");
    }
  }

  record Endless(Endless inner) {}

  @Test
  void everyKindOfPlainDataIsDrawnAndCrossesTheWire() {
    PlainData.check("everything", Everything.class);
    PlainValues values = PlainValues.of(List.of(Everything.class), List.of());
    PlainCodec codec = new PlainCodec();
    for (Object drawn : drawn(values, Everything.class, 200)) {
      assertThat(codec.decode(codec.encode(drawn), Everything.class)).isEqualTo(drawn);
    }
  }

  @Test
  void edgesAreMetAsWellAsUsualValues() {
    PlainValues values = PlainValues.of(List.of(), List.of());
    Set<Object> numbers = new HashSet<>(drawn(values, int.class, MANY));
    assertThat(numbers).contains(0, 1, -1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE, 2026);
    List<Object> texts = drawn(values, String.class, MANY);
    assertThat(texts).contains("", " ", "ann", "東京都");
    assertThat(texts).anyMatch(it -> it.toString().length() > 200);
    assertThat(texts).allMatch(it -> StandardCharsets.UTF_8.newEncoder().canEncode(it.toString()));
    assertThat(new HashSet<>(drawn(values, Colour.class, 100))).hasSize(2);
  }

  @Test
  void aRecordThatChecksItselfIsDrawnUntilItTakesItsValues() {
    PlainValues values = PlainValues.of(List.of(Filing.class), List.of());
    List<Object> filings = drawn(values, Filing.class, 500);
    assertThat(filings).hasSize(500).allMatch(Filing.class::isInstance);
    assertThat(filings.stream().map(it -> ((Filing) it).id()).distinct()).hasSize(500);
    assertThat(drawn(values, Span.class, 100)).hasSize(100);
  }

  @Test
  void requestsMeetEachOthersKeys() {
    PlainValues values = PlainValues.of(List.of(Filing.class, Look.class), List.of());
    Set<String> filed = new HashSet<>();
    drawn(values, Filing.class, 100).forEach(it -> filed.add(((Filing) it).citizen()));
    assertThat(filed).hasSizeBetween(9, 60);
    assertThat(drawn(values, Look.class, 100))
        .filteredOn(it -> filed.contains(((Look) it).citizen()))
        .hasSizeGreaterThan(40);
  }

  @Test
  void aDrawDependsOnItsRandomNumbersAlone() {
    PlainValues one = PlainValues.of(List.of(Filing.class, Everything.class), List.of());
    PlainValues other = PlainValues.of(List.of(Filing.class, Everything.class), List.of());
    assertThat(drawn(one, Filing.class, 50)).isEqualTo(drawn(other, Filing.class, 50));
    assertThat(drawn(one, Filing.class, 50)).isEqualTo(drawn(one, Filing.class, 50));
  }

  @Test
  void whatNobodyCanGuessIsNamedAndDrawnWithItsAuthorsHelp() {
    PlainValues alone = PlainValues.of(List.of(Checked.class), List.of());
    assertThatThrownBy(() -> alone.draw(Checked.class, new SplittableRandom(1)))
        .isInstanceOf(UndrawableException.class)
        .hasMessage(
            "record Checked must take one of 5000 drawn values, but took none (the last one: check digit of number is wrong): name a io.hormesis.simulation.generate.Generator for it in META-INF/services");
    PlainValues helped = PlainValues.of(List.of(Checked.class), List.of(new Help()));
    assertThat(drawn(helped, Checked.class, 10)).containsOnly(new Checked(1_123_460));
  }

  @Test
  void aRecordThatHoldsItselfWithoutAnEndIsRefused() {
    PlainValues values = PlainValues.of(List.of(), List.of());
    assertThatThrownBy(() -> values.draw(Endless.class, new SplittableRandom(1)))
        .isInstanceOf(UndrawableException.class)
        .hasMessage(
            "type %s must be plain data with an end, but is not: let what holds itself do so in an Optional, List or Map"
                .formatted(Endless.class.getTypeName()));
  }

  private static final class Help implements Generator<Checked> {
    @Override
    public Class<Checked> type() {
      return Checked.class;
    }

    @Override
    public Checked draw(RandomGenerator random) {
      return new Checked(1_123_460);
    }
  }

  private static List<Object> drawn(PlainValues values, Class<?> type, int times) {
    RandomGenerator random = new SplittableRandom(7);
    List<Object> drawn = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      drawn.add(values.draw(type, random));
    }
    return drawn;
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
