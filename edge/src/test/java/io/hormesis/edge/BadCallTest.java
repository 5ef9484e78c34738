package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.Library.Books;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is around a body: key, path, query and method. */
class BadCallTest extends BadInput {

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
}
