package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no well-behaved client would send, byte by byte. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireTest {
  private static final String POST = "POST /loans HTTP/1.1\r\nHost: x\r\nIdempotency-Key: k\r\n";
  private static final String GET = "GET /loans/ada/2025 HTTP/1.1\r\nHost: x\r\n";

  private final Fixture library = new Fixture();

  @Test
  void aChunkedBodyOver64KiBIsRefusedWithoutReadingOn() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 5; i++) {
        raw.write("4000\r\n" + "x".repeat(0x4000) + "\r\n");
      }
      assertThat(raw.readReply())
          .startsWith("HTTP/1.1 413 ")
          .contains("body must be at most 65536 bytes, but was more: send less");
    }
    nothingWasAsked();
  }

  @Test
  void whatNeverBecomesACallHasATraceToo() throws IOException {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "traceparent: 00-%s-00f067aa0ba902b7-01\r\n".formatted(trace));
      assertThat(raw.write("Content-Length: 65537\r\n\r\n").readReply())
          .startsWith("HTTP/1.1 413 ")
          .contains("\"trace\":\"%s\"".formatted(trace))
          .contains("traceparent: 00-%s-".formatted(trace));
    }
    try (Raw raw = Raw.to(library.port())) {
      assertThat(raw.write("nonsense\r\n\r\n").readReply())
          .startsWith("HTTP/1.1 400 ")
          .containsPattern("\"trace\":\"[0-9a-f]{32}\"");
    }
  }

  @Test
  void aChunkThatClaimsTwoGigabytesIsRefusedAfter64KiBOfIt() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n" + "x".repeat(65_537));
      assertThat(raw.readReply()).startsWith("HTTP/1.1 413 ");
    }
    nothingWasAsked();
  }

  @Test
  void aChunkHeaderWithoutEndIsRefused() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n1;");
      assertThat(flood(raw, "x".repeat(10_000))).doesNotContain("HTTP/1.1 2");
    }
    nothingWasAsked();
    servesOn();
  }

  @Test
  void aBodyInTinyChunksIsTaken() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      StringBuilder chunks = new StringBuilder();
      Fixture.LOAN.chars().forEach(it -> chunks.append("1\r\n").append((char) it).append("\r\n"));
      raw.write(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
      assertThat(raw.readReply()).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void aBrokenChunkIsRefused() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
      assertThat(raw.readReply())
          .startsWith("HTTP/1.1 400 ")
          .contains("body must come in valid chunks, but does not: correct their sizes");
    }
    nothingWasAsked();
  }

  @Test
  void conflictingLengthsAreRefused() throws IOException {
    for (String lengths :
        new String[] {
          "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
          "Content-Length: 3\r\nContent-Length: 4\r\n",
          "Content-Length: -1\r\n",
          "Content-Length: 3x\r\n",
          "Transfer-Encoding: gzip\r\n",
          "Transfer-Encoding: chunked, chunked\r\n",
          "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
          "Transfer-Encoding:\u000bchunked\r\n",
          "Transfer-Encoding : chunked\r\n",
          "Content-Length: +3\r\n",
          "Content-Length: 3, 3\r\n",
          "Content-Length: 3\r\nContent-Length: 3\r\n",
          "Content-Length: 3\r\n folded\r\n",
          "Content-Length:\r\n 3\r\n",
          "X: a\u0000b\r\n",
          "X\u0001: a\r\n",
        }) {
      try (Raw raw = Raw.to(library.port())) {
        assertThat(raw.write(POST + lengths + "\r\n0\r\n\r\n" + GET + "\r\n").readAll())
            .as(lengths)
            .startsWith("HTTP/1.1 400 ")
            .contains("application/problem+json", "Connection: close")
            .doesNotContain("HTTP/1.1 2");
      }
    }
    nothingWasAsked();
  }

  @Test
  void hugeAndManyHeadersAreRefused() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      assertThat(raw.write(GET + "X: " + "y".repeat(20_000) + "\r\n\r\n").readReply())
          .startsWith("HTTP/1.1 400 ")
          .contains(
              "call must be HTTP/1.1 with a request line of at most 4096 bytes and headers of at most 16384, but is not: correct it");
    }
    try (Raw raw = Raw.to(library.port())) {
      assertThat(raw.write(GET + "X: y\r\n".repeat(10_000) + "\r\n").readReply())
          .startsWith("HTTP/1.1 400 ");
    }
    try (Raw raw = Raw.to(library.port())) {
      assertThat(
              raw.write("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n").readReply())
          .startsWith("HTTP/1.1 400 ");
    }
    nothingWasAsked();
  }

  @Test
  void otherProtocolsAreRefused() throws IOException {
    for (String call :
        List.of(
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "GET /loans/ada/2025 HTTP/1.0\r\n\r\n",
            "GET /loans/ada/2025 HTTP/1.1\r\n\r\n",
            GET + "Host: y\r\n\r\n",
            GET + "A: b\rC: d\r\n\r\n",
            GET + " folded\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n")) {
      try (Raw raw = Raw.to(library.port())) {
        raw.write(call);
        raw.shutdownOutput();
        assertThat(raw.readAll()).as(call).doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
      }
    }
    nothingWasAsked();
    servesOn();
  }

  @Test
  void anUpgradeIsNotTakenUp() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(GET + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n");
      raw.write("HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n");
      assertThat(raw.readReply()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void anEncodedBodyIsRefused() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(POST + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc");
      assertThat(raw.readReply())
          .startsWith("HTTP/1.1 415 ")
          .contains("header Content-Encoding must be absent, but is there: send the body as it is");
    }
    nothingWasAsked();
  }

  @Test
  void theBodyOfAGetIsIgnored() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(GET + "Content-Length: 5\r\n\r\n{\"x\":" + GET + "\r\n");
      assertThat(raw.readReply()).startsWith("HTTP/1.1 200 ");
      assertThat(raw.readReply()).as("the call behind it").startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void callsThatFollowEachOtherOnOneConnectionAreAllAnswered() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write((GET + "\r\n").repeat(20));
      for (int i = 0; i < 20; i++) {
        assertThat(raw.readReply()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void aReplyToHeadHasNoBody() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write("HEAD /loans HTTP/1.1\r\nHost: x\r\n\r\n" + GET + "\r\n");
      String both = raw.readReply() + raw.readReply();
      assertThat(both).startsWith("HTTP/1.1 405 ").contains("HTTP/1.1 200 ");
    }
  }

  @Test
  void aCallerWhoClosedItsHalfGetsItsReply() throws IOException {
    try (Raw raw = Raw.to(library.port())) {
      raw.write(GET + "\r\n");
      raw.shutdownOutput();
      assertThat(raw.readAll()).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aThousandCallsOfGarbageNeverMakeAnErrorOfOurs() throws IOException {
    int answered = 0;
    for (int seed = 0; seed < 1000; seed++) {
      byte[] call = garbage(new Random(seed));
      try (Raw raw = Raw.to(library.port())) {
        raw.write(call);
        raw.shutdownOutput();
        String reply = raw.readAll();
        assertThat(reply)
            .as("seed %d: %s", seed, new String(call, StandardCharsets.ISO_8859_1))
            .doesNotContain("HTTP/1.1 5");
        answered += reply.startsWith("HTTP/1.1 4") ? 1 : 0;
      } catch (IOException e) {
        // the edge may hang up on garbage
      }
    }
    assertThat(answered).as("calls that were answered with what is wrong").isGreaterThan(300);
    servesOn();
  }

  /** A right call with some of its bytes changed, doubled, taken out or cut off. */
  private static byte[] garbage(Random random) {
    String[] right = {
      GET + "\r\n",
      POST + "Content-Type: application/json\r\nContent-Length: 39\r\n\r\n" + Fixture.LOAN,
      POST + "Transfer-Encoding: chunked\r\n\r\n27\r\n" + Fixture.LOAN + "\r\n0\r\n\r\n",
      "GET /search?title=%41+b&exact=true HTTP/1.1\r\nHost: x\r\ntraceparent: 00-1-2-01\r\n\r\n",
    };
    StringBuilder call = new StringBuilder(right[random.nextInt(right.length)]);
    for (int change = random.nextInt(6); change >= 0 && call.length() > 1; change--) {
      int at = random.nextInt(Math.max(1, call.length() - 1));
      switch (random.nextInt(5)) {
        case 0 -> call.setCharAt(at, (char) random.nextInt(256));
        case 1 -> call.delete(at, at + 1 + random.nextInt(3));
        case 2 -> call.insert(at, (char) random.nextInt(256));
        case 3 -> call.insert(at, call.substring(at, Math.min(call.length(), at + 20)));
        default -> call.setLength(Math.max(2, at));
      }
    }
    return call.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void servesOn() {
    library.ends(Fixture.replied("done"));
    assertThat(library.get("/loans/ada/2025").statusCode()).isEqualTo(200);
  }

  private void nothingWasAsked() {
    assertThat(library.asked).isEmpty();
  }

  /** All that comes until the end; a reset is an end too. */
  private static String endOf(Raw raw) {
    try {
      return raw.readAll();
    } catch (IOException e) {
      return "";
    }
  }

  private static String flood(Raw raw, String piece) {
    try {
      for (int i = 0; i < 1000; i++) {
        raw.write(piece);
      }
      throw new AssertionError("all of it was taken");
    } catch (IOException e) {
      return endOf(raw);
    }
  }

  @BeforeEach
  void forget() {
    library.asked.clear();
    library.ends(Fixture.replied("done"));
  }

  @AfterAll
  void close() {
    library.close();
  }
}
