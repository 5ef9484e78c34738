package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Library.Address;
import io.hormesis.edge.Library.Books;
import io.hormesis.edge.Library.Kind;
import io.hormesis.edge.Library.Person;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is wrong with a call is said, and nothing is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String SORT =
      """
      {"kind":"POEM","day":"2026-01-31","weight":1.5,"share":0.25,\
      "at":{"street":"Long Lane"},"shelves":[1,-2],"notes":{"a":"b"}}\
      """;

  private final Fixture library = new Fixture();

  // --- the body as a whole

  @Test
  void aBodyThatIsNotJson() {
    refused(
        library.lend("{\"reader\":\"ada\","),
        400,
        "body must be JSON, but is not at line 1, column 17: correct it there");
    refused(
        library.lend("{'reader':'ada'}"),
        400,
        "body must be JSON, but is not at line 1, column 2: correct it there");
    refused(
        library.lend("{\"reader\":\"ada\",\"year\":NaN,\"price\":12}"),
        400,
        "body must be JSON, but is not at line 1, column 27: correct it there");
  }

  @Test
  void anEmptyBody() {
    refused(
        library.lend(""),
        400,
        "body must be a JSON object, but was empty: send one with reader, year, price");
    refused(
        library.lend("  \n"),
        400,
        "body must be a JSON object, but was empty: send one with reader, year, price");
  }

  @Test
  void aBodyThatIsAnotherJsonValue() {
    refused(
        library.lend("[1]"),
        400,
        "body must be a JSON object, but was an array: send one with reader, year, price");
    refused(
        library.lend("null"),
        400,
        "body must be a JSON object, but was null: send one with reader, year, price");
    refused(
        library.lend("\"ada\""),
        400,
        "body must be a JSON object, but was the text \"ada\": send one with reader, year, price");
  }

  @Test
  void moreThanOneObject() {
    refused(
        library.lend(Fixture.LOAN + "{}"),
        400,
        "body must be one JSON object, but more follows it at line 1, column 40: send the object alone");
  }

  @Test
  void aNestingBomb() {
    refused(
        library.lend("{\"reader\":" + "[".repeat(30_000)),
        400,
        "body must nest at most 32 deep, with numbers of at most 100 and names of at most 200 characters, but has more of one: make it smaller");
  }

  @Test
  void aNumberWithoutEnd() {
    refused(
        library.lend("{\"year\":" + "9".repeat(60_000) + "}"),
        400,
        "body must nest at most 32 deep, with numbers of at most 100 and names of at most 200 characters, but has more of one: make it smaller");
  }

  @Test
  void aBodyThatIsNotUtf8() {
    byte[] body = Fixture.LOAN.replace("ada", "ad\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    refused(
        library.post("/loans", BodyPublishers.ofByteArray(body), "Idempotency-Key", "k"),
        400,
        "body must be UTF-8, but holds bytes that are not: encode its text as UTF-8");
  }

  @Test
  void halfASurrogatePair() {
    refused(
        library.lend("{\"reader\":\"\\ud800\"}"),
        400,
        "text in the body must be Unicode, but holds half a surrogate pair at line 1, column 11: escape both halves");
  }

  @Test
  void aBodyOfAnotherType() {
    refused(
        library.post("/loans", "<loan/>", "Idempotency-Key", "k", "Content-Type", "text/xml"),
        415,
        "header Content-Type must be application/json, but was \"text/xml\": send JSON and say so");
    refused(
        library.post(
            "/loans",
            Fixture.LOAN,
            "Idempotency-Key",
            "k",
            "Content-Type",
            "application/json; charset=latin1"),
        415,
        "header Content-Type must be application/json, but was \"application/json; charset=latin1\": send JSON and say so");
  }

  @Test
  void aBodyWithoutATypeIsTakenForJson() {
    assertThat(library.post("/loans", Fixture.LOAN, "Idempotency-Key", "k").statusCode())
        .isEqualTo(201);
    assertThat(
            library
                .post(
                    "/loans",
                    Fixture.LOAN,
                    "Idempotency-Key",
                    "k",
                    "Content-Type",
                    "Application/JSON;charset=\"UTF-8\"")
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void aBodyOver64KiB() {
    String form = "{\"reader\":\"%s\",\"year\":2025,\"price\":1}";
    String fits = "x".repeat(65_536 - form.length() + 2);
    assertThat(library.lend(form.formatted(fits)).statusCode()).isEqualTo(201);
    library.asked.clear();
    String tooLong = form.formatted(fits + "x");
    refused(
        library.lend(tooLong), 413, "body must be at most 65536 bytes, but was 65537: send less");
    refused(
        library.lend("x".repeat(700_000)),
        413,
        "body must be at most 65536 bytes, but was 700000: send less");
  }

  // --- the fields

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
    sortedWrong("1.5", "1e99999", "weight", "a number", "1e99999");
    sortedWrong("1.5", "1e99999999999", "weight", "a number", "1e99999999999");
    sortedWrong("0.25", "1e999", "share", "a number", "1e999");
    sortedWrong("{\"street\":\"Long Lane\"}", "\"here\"", "at", "an object", "the text \"here\"");
    sortedWrong("\"Long Lane\"", "[]", "at.street", "a text", "an array");
    sortedWrong("[1,-2]", "[1,{}]", "shelves[1]", "a whole number", "an object");
    sortedWrong("\"b\"", "1", "notes.a", "a text", "1");
    wrong(
        library.post("/sort", SORT.replace("street", "stret")),
        "at.stret",
        "field \"at.stret\" must be one of street, floor, but is not: did you mean \"street\"?");
    wrong(
        library.post("/sort", SORT.replace("\"street\":\"Long Lane\"", "")),
        "at.street",
        "field \"at.street\" must be given, but is missing: add it, a text");
  }

  // --- the key

  @Test
  void aMissingKey() {
    wrong(
        library.post("/loans", Fixture.LOAN),
        "Idempotency-Key",
        "header Idempotency-Key must be 1 to 128 visible characters, but is missing: give one, new for each new request, and the same when you ask again");
  }

  @Test
  void aMalformedKey() {
    wrong(
        library.post("/loans", Fixture.LOAN, "Idempotency-Key", "a b"),
        "Idempotency-Key",
        "header Idempotency-Key must be 1 to 128 visible characters, but was \"a b\" (3 characters): choose another");
    wrong(
        library.post("/loans", Fixture.LOAN, "Idempotency-Key", "k".repeat(129)),
        "Idempotency-Key",
        "header Idempotency-Key must be 1 to 128 visible characters, but was \"%s…\" (129 characters): choose another"
            .formatted("k".repeat(40)));
    wrong(
        library.post("/loans", Fixture.LOAN, "Idempotency-Key", ""),
        "Idempotency-Key",
        "header Idempotency-Key must be 1 to 128 visible characters, but was \"\" (0 characters): choose another");
  }

  @Test
  void twoKeys() {
    wrong(
        library.post("/loans", Fixture.LOAN, "Idempotency-Key", "a", "Idempotency-Key", "b"),
        "Idempotency-Key",
        "header Idempotency-Key must be 1 to 128 visible characters, but is given 2 times: give one, new for each new request, and the same when you ask again");
  }

  // --- path, query, method

  @Test
  void anUnknownPath() {
    refused(
        library.get("/loan"),
        404,
        "path must be one of /loans, /loans/{reader}/{year}, /search, /readers/{card}, /sort, /loans/{reader}/burn, but was /loan: correct it");
    for (String path :
        List.of(
            "/",
            "/loans/",
            "/loans//2025",
            "/loans/ada/2025/x",
            "/loans/../loans/ada/2025",
            "/%6Coans2")) {
      assertThat(library.get(path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void anotherMethod() {
    HttpResponse<String> reply = library.send("DELETE", "/loans");
    refused(reply, 405, "method of /loans must be POST, but was DELETE: use it");
    assertThat(reply.headers().firstValue("Allow")).contains("POST");
    assertThat(library.send("POST", "/search").headers().firstValue("Allow")).contains("GET");
    assertThat(library.send("HEAD", "/search").statusCode()).isEqualTo(405);
    assertThat(library.send("OPTIONS", "/search").statusCode()).isEqualTo(405);
    assertThat(library.send("PATCH", "/nowhere").statusCode()).isEqualTo(404);
  }

  @Test
  void aWrongValueInThePath() {
    wrong(
        library.get("/loans/ada/this-year"),
        "year",
        "field \"year\" must be a whole number, but was the text \"this-year\": send a whole number");
    wrong(
        library.get("/loans/ada/2025.5"),
        "year",
        "field \"year\" must be a whole number, but was 2025.5: send a whole number");
    wrong(
        library.get("/readers/12345"),
        "card",
        "card must have 4 digits, but was \"12345\": check it");
  }

  @Test
  void valuesInPathAndQueryAreDecodedOnce() {
    assertThat(library.get("/loans/a%2Fb%2520%C3%A9+/2025").statusCode()).isEqualTo(200);
    assertThat(library.get("/search?title=a+b%2B%26&exact=true&limit=5").statusCode())
        .isEqualTo(200);
    assertThat(library.asked)
        .extracting(it -> (Object) it.message())
        .containsExactly(
            new Books.Find("a/b%20é+", 2025), new Books.Search("a b+&", Optional.of(5), true));
  }

  @Test
  void aWrongQuery() {
    wrong(
        library.get("/search?titel=a&exact=true"),
        "titel",
        "query parameter \"titel\" must be one of title, limit, exact, but is not: did you mean \"title\"?");
    wrong(
        library.get("/search?title=a"),
        "exact",
        "query parameter \"exact\" must be given, but is missing: add it, true or false");
    wrong(
        library.get("/search?title=a&title=b&exact=true"),
        "title",
        "field \"title\" must be given once, but is given twice, in the query: remove one");
    wrong(
        library.get("/search?title=a&exact=yes"),
        "exact",
        "field \"exact\" must be true or false, but was the text \"yes\": send true or false");
    wrong(
        library.get("/readers/1234?x=1"),
        "x",
        "query parameter \"x\" must be left away, but is not: remove it");
  }

  @Test
  void aBodyThatNothingIsBoundToIsNotAskedFor() {
    library.ends(Fixture.replied("ashes"));
    assertThat(library.post("/loans/ada/burn", "").statusCode()).isEqualTo(201);
    library.asked.clear();
    wrong(
        library.post("/loans/ada/burn", "{\"reader\":\"bob\"}"),
        "reader",
        "field \"reader\" must be left away, but is not: remove it");
  }

  @Test
  void aPathThatIsNotUtf8() throws Exception {
    try (Raw raw = Raw.to(library.port())) {
      assertThat(raw.write("GET /loans/%ff/2025 HTTP/1.1\r\nHost: x\r\n\r\n").readReply())
          .startsWith("HTTP/1.1 400 ")
          .contains(
              "path and query must be percent-encoded UTF-8, but hold \\\"%ff\\\": encode it");
    }
  }

  private void sortedWrong(
      String right, String wrong, String field, String expected, String actual) {
    wrong(
        library.post("/sort", SORT.replace(right, wrong)),
        field,
        "field \"%s\" must be %s, but was %s: send %s"
            .formatted(field, expected, actual, expected));
  }

  private void wrong(HttpResponse<String> reply, String field, String detail) {
    refused(reply, 400, detail);
    assertThat(reply.body()).contains("\"field\":\"%s\"".formatted(field));
  }

  private void refused(HttpResponse<String> reply, int status, String detail) {
    assertThat(reply.body()).contains("\"detail\":\"%s\"".formatted(detail.replace("\"", "\\\"")));
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.body()).contains("\"status\":" + status);
    assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(library.asked).as("what was asked").isEmpty();
  }

  @BeforeEach
  void forget() {
    library.asked.clear();
    library.ends(Fixture.replied(new Person("ada", "Ada")));
  }

  @AfterAll
  void close() {
    library.close();
  }
}
