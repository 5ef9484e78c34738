package io.hormesis.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Optional;

/**
 * What a request's head must be before its body is read. Where two readers could see two requests
 * in the same bytes (request smuggling), it is refused, and the connection ends.
 */
final class HeadCheck {
  private static final int LENGTH_DIGITS = 18;

  private HeadCheck() {}

  /** What is wrong with a head. */
  static Optional<Problem> problem(HttpRequest head, int bodyLimit) {
    HttpHeaders headers = head.headers();
    if (!wellFormed(head)) {
      return Optional.of(malformed());
    }
    if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
      return Optional.of(
          Problem.unsupported(
              "header Content-Encoding must be absent, but is there: send the body as it is"));
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > bodyLimit) {
      return Optional.of(tooLarge(bodyLimit, Optional.of(length)));
    }
    return Optional.ofNullable(headers.get(HttpHeaderNames.EXPECT))
        .filter(it -> !it.equalsIgnoreCase("100-continue"))
        .map(it ->
            Problem.expectation(
                "header Expect must be 100-continue, but was \"%s\": leave it away"
                    .formatted(Shown.of(it))));
  }

  private static boolean wellFormed(HttpRequest head) {
    return head.decoderResult().isSuccess()
        && head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && head.headers().getAll(HttpHeaderNames.HOST).size() == 1
        && head.uri().chars().allMatch(it -> it > ' ' && it < 127)
        && hasOneLength(head.headers());
  }

  private static boolean hasOneLength(HttpHeaders headers) {
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean lengthIsRight =
        lengths.isEmpty()
            || (lengths.size() == 1
                && !lengths.getFirst().isEmpty()
                && lengths.getFirst().length() <= LENGTH_DIGITS
                && lengths.getFirst().chars().allMatch(it -> it >= '0' && it <= '9'));
    boolean codingIsRight =
        codings.isEmpty()
            || (codings.size() == 1
                && codings.getFirst().equalsIgnoreCase("chunked")
                && lengths.isEmpty());
    return lengthIsRight && codingIsRight;
  }

  private static Problem malformed() {
    return Problem.badRequest(
        "call must be HTTP/1.1 with a request line of at most %d bytes and headers of at most %d, but is not: correct it"
            .formatted(RequestDecoder.LINE_LIMIT, RequestDecoder.HEADERS_LIMIT));
  }

  static Problem tooLarge(int limit, Optional<String> actual) {
    return Problem.tooLarge(
        "body must be at most %d bytes, but was %s: send less"
            .formatted(limit, actual.map(Shown::of).orElse("more")));
  }

  static Problem brokenChunks() {
    return Problem.badRequest("body must come in valid chunks, but does not: correct their sizes");
  }
}
