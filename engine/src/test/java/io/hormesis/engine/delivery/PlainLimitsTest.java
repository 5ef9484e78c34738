package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read back is not written: each limit, from both of its sides. */
class PlainLimitsTest {
  private final PlainCodec codec = new PlainCodec();

  /** A box in a box in a box. */
  record Nested(Optional<Nested> inner) {}

  record Votes(List<Boolean> votes) {}

  record Account(Sum sum) {}

  record Sum(BigInteger whole, BigDecimal exact) {}

  record Shelf(List<Book> books, Map<String, Book> named) {}

  record Book(String title) {}

  record Letters(char letter, String text) {}

  @Test
  void nestingEndsWhereReadingEnds() {
    comesBack(nested(PlainLimits.NESTING));
    refused(
        nested(PlainLimits.NESTING + 1),
        "Nested"
            + ".inner".repeat(PlainLimits.NESTING)
            + " must lie at most 64 deep in others, but lies deeper: flatten it");
    refused(nested(3_000), "lies deeper: flatten it");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 99_994, 99_995})
  void asManyValuesAreWrittenAsAreRead(int votes) {
    comesBack(new Votes(Collections.nCopies(votes, true)));
  }

  @ParameterizedTest
  @ValueSource(ints = {99_998, 120_000})
  void tooManyValuesAreRefusedWithTheFirstThatIsTooMuch(int votes) {
    refused(
        new Votes(Collections.nCopies(votes, true)),
        "Votes.votes[99997] must come within the first 100000 names, values, beginnings and ends, but comes later: keep less in one value");
  }

  @Test
  void whatIsAcceptedNearALimitOfSizeComesBack() {
    // Text is written in pieces, so the limit comes a little before its own length.
    int accepted = 0;
    for (int length = PlainLimits.BYTES - 400; length < PlainLimits.BYTES; length++) {
      accepted += acceptedAndEqual(new Book("x".repeat(length))) ? 1 : 0;
    }
    assertThat(accepted).isBetween(10, 399);
  }

  @Test
  void numbersAreBoundedWhetherTheyAreWrittenOrRead() {
    BigInteger most = BigInteger.TEN.pow(PlainLimits.DIGITS).subtract(BigInteger.ONE);
    for (BigInteger fits : List.of(most, most.negate(), BigInteger.ZERO, BigInteger.ONE.negate())) {
      comesBack(new Account(new Sum(fits, new BigDecimal(fits, PlainLimits.SCALE))));
      comesBack(new Account(new Sum(fits, new BigDecimal(fits, -PlainLimits.SCALE))));
    }
    for (BigInteger beyond :
        List.of(most.add(BigInteger.ONE), most.negate().subtract(BigInteger.ONE))) {
      refused(
          new Account(new Sum(beyond, BigDecimal.ONE)),
          "Account.sum.whole must be a number of at most 100 digits, but has about 101: keep it smaller");
      refused(
          new Account(new Sum(BigInteger.ONE, new BigDecimal(beyond, 2))),
          "Account.sum.exact must be a number of at most 100 digits, but has about 101: keep it smaller");
    }
    refused(
        new Account(new Sum(BigInteger.TEN.pow(299), BigDecimal.ONE)), "but has about 300: keep");
    for (int scale : List.of(1_001, -1_001, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
      refused(
          new Account(new Sum(BigInteger.ONE, new BigDecimal(BigInteger.TWO, scale))),
          "Account.sum.exact must be a number with its point moved by at most 1000 places, but by %d: round it"
              .formatted(scale));
    }
  }

  @Test
  void anExactNumberComesBackWithItsPlaces() {
    for (String exact :
        List.of("1.10", "1.1", "-0.00", "0E+3", "1E+12", "-12345678901234567890.1")) {
      comesBack(new Account(new Sum(BigInteger.ONE, new BigDecimal(exact))));
    }
  }

  // A record takes null where nobody looks.
  @SuppressWarnings("NullAway")
  @Test
  void nullIsRefusedWhereverItLies() {
    String rule = " must have a value, but is null: give it one, or declare it Optional";
    refused(new Shelf(null, Map.of()), "Shelf.books" + rule);
    refused(
        new Shelf(List.of(new Book("a"), new Book(null)), Map.of()), "Shelf.books[1].title" + rule);
    refused(new Shelf(Arrays.asList(new Book("a"), null), Map.of()), "Shelf.books[1]" + rule);
    Map<String, Book> named = new HashMap<>();
    named.put("old\none", null);
    refused(new Shelf(List.of(), named), "Shelf.named[\"old?one\"]" + rule);
  }

  @Test
  void halfASurrogatePairIsRefused() {
    comesBack(new Letters('ß', "\uD83D\uDE00 smiles"));
    refused(new Letters('\uD83D', ""), "Letters.letter must be Unicode, but holds half");
    refused(new Letters('x', "a\uDE00"), "Letters.text must be Unicode, but holds half");
    refused(new Letters('x', "a\uD83D"), "(\"a?\"): keep both halves together");
  }

  // Raw lists hold whatever is put into them.
  @SuppressWarnings({"unchecked", "rawtypes"})
  @Test
  void whatIsOfAnotherTypeThanDeclaredIsRefused() {
    List odd = new ArrayList(List.of("no book"));
    refused(
        new Shelf(odd, Map.of()),
        "Shelf.books[0] must be a Book, but is a String: make it what was declared");
    assertThatThrownBy(() -> codec.encode(new Book("a"), Shelf.class))
        .hasMessage("Book must be a Shelf, but is a Book: make it what was declared");
  }

  /** A library's table of names must not be what decides which keys a map may have. */
  @Test
  void anyKeysOfAMapComeBack() {
    Map<String, Book> named = new HashMap<>();
    named.put("", new Book("without a name"));
    named.put("x".repeat(70_000), new Book("with a long one"));
    for (int i = 0; i < 2_048; i++) {
      named.put(colliding(i, 11), new Book("b"));
    }
    comesBack(new Shelf(List.of(), named));
  }

  private static String colliding(int number, int pairs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs; i++) {
      text.append((number >> i & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  static List<Object> whole() {
    return List.of(
        Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Float.NaN, Float.MIN_VALUE, Long.MIN_VALUE);
  }

  record Measured(double twice, float once, long whole) {}

  @ParameterizedTest
  @MethodSource("whole")
  void numbersOfTheMachineComeBack(Number one) {
    comesBack(new Measured(one.doubleValue(), one.floatValue(), one.longValue()));
  }

  private static Nested nested(int depth) {
    Nested nested = new Nested(Optional.empty());
    for (int i = 1; i < depth; i++) {
      nested = new Nested(Optional.of(nested));
    }
    return nested;
  }

  private boolean acceptedAndEqual(Object value) {
    byte[] bytes;
    try {
      bytes = codec.encode(value);
    } catch (MalformedMessage refusal) {
      assertThat(refusal).hasMessageContaining("must end within 204800 bytes");
      return false;
    }
    assertThat(codec.decode(bytes, value.getClass())).isEqualTo(value);
    return true;
  }

  private void comesBack(Object value) {
    assertThat(codec.decode(codec.encode(value), value.getClass())).isEqualTo(value);
  }

  private void refused(Object value, String reason) {
    assertThatThrownBy(() -> codec.encode(value))
        .isInstanceOf(MalformedMessage.class)
        .hasMessageContaining(reason);
  }
}
