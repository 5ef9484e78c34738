package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One reply of HTTP/1.1 as it came over the wire; only what a load asks about is looked at.
 *
 * @param closes whether the other side closes the connection after it
 * @param headers the first of each, names in small letters
 */
record WireReply(int status, boolean closes, Map<String, String> headers, String body) {
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int HEAD_LIMIT = 64 * 1024;
  private static final int BODY_LIMIT = 16 * 1024 * 1024;

  /** A reply that no connection can go on after. */
  static final class MalformedReplyException extends java.io.IOException {
    private static final long serialVersionUID = 1L;

    MalformedReplyException(String message) {
      super(message);
    }
  }

  /**
   * Reads a reply from the first bytes of a connection.
   *
   * @return empty while it is not whole
   * @throws MalformedReplyException when it can never be
   */
  static Optional<WireReply> parse(byte[] bytes, int length) throws MalformedReplyException {
    int end = endOfHead(bytes, length);
    if (end < 0) {
      if (length > HEAD_LIMIT) {
        throw new MalformedReplyException("head must be %d bytes at most".formatted(HEAD_LIMIT));
      }
      return Optional.empty();
    }
    String head = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    Map<String, String> headers = headers(head);
    int body = bodyLength(headers);
    if (length < end + body) {
      return Optional.empty();
    }
    return Optional.of(
        new WireReply(
            status(head),
            headers.getOrDefault("connection", "").equalsIgnoreCase("close"),
            headers,
            new String(bytes, end, body, StandardCharsets.UTF_8)));
  }

  boolean isDefault() {
    return headers.containsKey("hormesis-default-reply");
  }

  /** As the application's load reads it. */
  EdgeReply from(URI edge) {
    return new EdgeReply(status, headers, body, edge);
  }

  private static int endOfHead(byte[] bytes, int length) {
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n'
          && bytes[i - 1] == '\r'
          && bytes[i - 2] == '\n'
          && bytes[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private static int status(String head) throws MalformedReplyException {
    String digits = head.substring(STATUS_AT, Math.min(head.length(), STATUS_AT + 3));
    if (!head.startsWith("HTTP/1.") || !digits.matches("[1-5][0-9][0-9]")) {
      throw new MalformedReplyException("a reply must begin with HTTP/1.1 and a status");
    }
    return Integer.parseInt(digits);
  }

  private static Map<String, String> headers(String head) {
    Map<String, String> headers = new TreeMap<>();
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.putIfAbsent(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  /** Edges tell the length of what they send. */
  private static int bodyLength(Map<String, String> headers) throws MalformedReplyException {
    String length = headers.getOrDefault("content-length", "");
    if (!length.matches("[0-9]{1,8}") || Integer.parseInt(length) > BODY_LIMIT) {
      throw new MalformedReplyException(
          "a reply must tell its length, up to %d, but told \"%s\"".formatted(BODY_LIMIT, length));
    }
    return Integer.parseInt(length);
  }
}
