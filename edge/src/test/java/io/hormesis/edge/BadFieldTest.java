package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Library.Address;
import io.hormesis.edge.Library.Books;
import io.hormesis.edge.Library.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The fields of a body. */
class BadFieldTest extends BadInput {
  private static final String SORT =
      """
      {"kind":"POEM","day":"2026-01-31","weight":1.5,"share":0.25,\
      "at":{"street":"Long Lane"},"shelves":[1,-2],"notes":{"a":"b"}}\
      """;

  @Test
  void anUnknownField() {
    wrong(
        library.lend("{\"reader\":\"ada\",\"yaer\":2025,\"price\":12}"),
        "yaer",
        "field \"yaer\" must be one of reader, year, price, but is not: did you mean \"year\"?");
    wrong(
        library.lend("{\"reader\":\"ada\",\"colour\":1}"),
        "colour",
        "field \"colour\" must be one of reader, year, price, but is not: remove it");
    wrong(
        library.lend("{\"id\":\"k-2\"}"),
        "id",
        "field \"id\" must be one of reader, year, price, but is not: remove it");
  }

  @Test
  void aMissingField() {
    wrong(
        library.lend("{\"reader\":\"ada\",\"price\":12}"),
        "year",
        "field \"year\" must be given, but is missing: add it, a whole number");
  }

  @Test
  void aFieldGivenTwice() {
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":2025,\"year\":2024,\"price\":12}"),
        "year",
        "field \"year\" must be given once, but is given twice: remove one");
    wrong(
        library.post("/loans?year=2025", Fixture.LOAN, "Idempotency-Key", "k"),
        "year",
        "field \"year\" must be given once, but is given twice, in the query and in the body: remove one");
  }

  @Test
  void aFieldOfAnotherKind() {
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":\"2025\",\"price\":12}"),
        "year",
        "field \"year\" must be a whole number, but was the text \"2025\": send a whole number");
    wrong(
        library.lend("{\"reader\":7,\"year\":2025,\"price\":12}"),
        "reader",
        "field \"reader\" must be a text, but was 7: send a text");
    wrong(
        library.lend("{\"reader\":null,\"year\":2025,\"price\":12}"),
        "reader",
        "field \"reader\" must be a text, but was null: send a text");
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":true,\"price\":12}"),
        "year",
        "field \"year\" must be a whole number, but was true: send a whole number");
  }

  @Test
  void aWholeNumberWithFractionOrExponent() {
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":2025.0,\"price\":12}"),
        "year",
        "field \"year\" must be a whole number, but was 2025.0: send a whole number");
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":2e3,\"price\":12}"),
        "year",
        "field \"year\" must be a whole number, but was 2e3: send a whole number");
  }

  @Test
  void aNumberThatDoesNotFit() {
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":99999999999,\"price\":12}"),
        "year",
        "field \"year\" must be a whole number from -2147483648 to 2147483647, but was 99999999999: send one of these");
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":2025,\"price\":%s}".formatted("9".repeat(90))),
        "price",
        "field \"price\" must be a whole number from -9223372036854775808 to 9223372036854775807, but was 9999999999999999999999999999999999999999…: send one of these");
  }

  @Test
  void aValueThatTheRecordRefuses() {
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":1812,\"price\":12}"),
        "year",
        "year must be 1900 to 2100, but was 1812: choose another");
    wrong(
        library.lend("{\"reader\":\"ada\",\"year\":2025,\"price\":-1}"),
        "price",
        "price must be 0 or more, but was -1: give the price of that year");
  }

  @Test
  void everyKindOfFieldThatIsRight() {
    assertThat(library.post("/sort", SORT).statusCode()).isEqualTo(201);
    assertThat(library.asked.getFirst().message())
        .isEqualTo(
            new Books.Sort(
                Kind.POEM,
                LocalDate.of(2026, 1, 31),
                new BigDecimal("1.5"),
                0.25,
                new Address("Long Lane", Optional.empty()),
                List.of((short) 1, (short) -2),
                Map.of("a", "b")));
  }

  @Test
  void everyKindOfFieldThatIsWrong() {
    sortedWrong("\"POEM\"", "\"poem\"", "kind", "one of NOVEL, POEM", "the text \"poem\"");
    sortedWrong(
        "\"2026-01-31\"",
        "\"2026-02-31\"",
        "day",
        "a day such as 2026-01-31",
        "the text \"2026-02-31\"");
    sortedWrong("1.5", "1e99999999999", "weight", "a number", "1e99999999999");
    sortedWrong("0.25", "1e999", "share", "a number", "1e999");
    sortedWrong("{\"street\":\"Long Lane\"}", "\"here\"", "at", "an object", "the text \"here\"");
    sortedWrong("\"Long Lane\"", "[]", "at.street", "a text", "an array");
    sortedWrong("[1,-2]", "[1,{}]", "shelves[1]", "a whole number", "an object");
    sortedWrong("\"b\"", "1", "notes.a", "a text", "1");
    wrong(
        library.post("/sort", SORT.replace("Lane\"", "Lane\",\"flor\":\"2\"")),
        "at.flor",
        "field \"at.flor\" must be one of street, floor, but is not: did you mean \"floor\"?");
    wrong(
        library.post("/sort", SORT.replace("\"street\":\"Long Lane\"", "")),
        "at.street",
        "field \"at.street\" must be given, but is missing: add it, a text");
  }

  @Test
  void numbersWithoutASizeOfTheirOwnAreBounded() {
    String most = "9".repeat(40) + "." + "9".repeat(40);
    assertThat(library.post("/sort", SORT.replace("1.5", most)).statusCode()).isEqualTo(201);
    library.asked.clear();
    for (String tooMuch :
        List.of("1e99999", "1e40", "9".repeat(41), "1e-41", "0.%s1".formatted("0".repeat(40)))) {
      wrong(
          library.post("/sort", SORT.replace("1.5", tooMuch)),
          "weight",
          "field \"weight\" must be a number of at most 40 digits before and after its point, but was %s: send one of these"
              .formatted(Shown.of(tooMuch)));
    }
  }

  @Test
  void nothingIsTakenForAnotherKind() {
    sortedWrong("0.25", "\"NaN\"", "share", "a number", "the text \"NaN\"");
    sortedWrong("0.25", "\"1\"", "share", "a number", "the text \"1\"");
    sortedWrong("\"POEM\"", "1", "kind", "one of NOVEL, POEM", "1");
    sortedWrong("\"2026-01-31\"", "[2026,1,31]", "day", "a day such as 2026-01-31", "an array");
    sortedWrong("\"2026-01-31\"", "20000", "day", "a day such as 2026-01-31", "20000");
    sortedWrong("{\"street\":\"Long Lane\"}", "\"\"", "at", "an object", "the text \"\"");
    sortedWrong("{\"street\":\"Long Lane\"}", "null", "at", "an object", "null");
    sortedWrong("\"Long Lane\"", "null", "at.street", "a text", "null");
    sortedWrong("[1,-2]", "1", "shelves", "an array", "1");
    sortedWrong("[1,-2]", "[1,2.0]", "shelves[1]", "a whole number", "2.0");
    sortedWrong("{\"a\":\"b\"}", "[]", "notes", "an object", "an array");
  }

  @Test
  void nullIsNoElement() {
    for (String[] it :
        new String[][] {{"[1,-2]", "[1,null]", "shelves[1]"}, {"\"b\"", "null", "notes.a"}}) {
      wrong(
          library.post("/sort", SORT.replace(it[0], it[1])),
          it[2],
          "field \"%s\" must not be null, but was null: leave it away".formatted(it[2]));
    }
    assertThat(library.post("/sort", SORT.replace("Lane\"", "Lane\",\"floor\":null")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void aFieldGivenTwiceInsideAnother() {
    wrong(
        library.post("/sort", SORT.replace("Lane\"", "Lane\",\"street\":\"x\"")),
        "street",
        "field \"street\" must be given once, but is given twice: remove one");
  }

  private void sortedWrong(
      String right, String wrong, String field, String expected, String actual) {
    wrong(
        library.post("/sort", SORT.replace(right, wrong)),
        field,
        "field \"%s\" must be %s, but was %s: send %s"
            .formatted(field, expected, actual, expected));
  }
}
