package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The body as a whole. */
class BadBodyTest extends BadInput {

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
        "body must nest at most 32 deep, with at most 10000 names, values and brackets, numbers of at most 100 and names of at most 200 characters, but has more of one: make it smaller");
  }

  @Test
  void aBodyOfCommas() {
    refused(
        library.lend("{\"year\":[" + "1,".repeat(30_000) + "1]}"),
        400,
        "body must nest at most 32 deep, with at most 10000 names, values and brackets, numbers of at most 100 and names of at most 200 characters, but has more of one: make it smaller");
  }

  @Test
  void aNumberWithoutEnd() {
    refused(
        library.lend("{\"year\":" + "9".repeat(60_000) + "}"),
        400,
        "body must nest at most 32 deep, with at most 10000 names, values and brackets, numbers of at most 100 and names of at most 200 characters, but has more of one: make it smaller");
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
  void aBodyThatSaysNothingOfItsTypeIsTakenForJson() {
    assertThat(library.post("/loans", Fixture.LOAN, "Idempotency-Key", "k").statusCode())
        .isEqualTo(201);
    for (String type :
        List.of("Application/JSON;charset=\"UTF-8\"", "application/x-www-form-urlencoded")) {
      assertThat(
              library
                  .post("/loans", Fixture.LOAN, "Idempotency-Key", "k", "Content-Type", type)
                  .statusCode())
          .as(type)
          .isEqualTo(201);
    }
    library.asked.clear();
    refused(
        library.post(
            "/loans",
            "reader=ada",
            "Idempotency-Key",
            "k",
            "Content-Type",
            "application/x-www-form-urlencoded"),
        400,
        "body must be JSON, but is not at line 1, column 1: correct it there");
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
}
