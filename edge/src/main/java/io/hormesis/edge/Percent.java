package io.hormesis.edge;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of segments and parameters (RFC 3986), in UTF-8. */
final class Percent {

  private Percent() {}

  /**
   * Decodes one segment.
   *
   * @throws Refusal when it is not percent-encoded UTF-8
   */
  static String decoded(String encoded) {
    try {
      byte[] bytes =
          URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new Refusal(
          Problem.badRequest(
              "path and query must be percent-encoded UTF-8, but hold \"%s\": encode it"
                  .formatted(Shown.of(encoded))));
    }
  }

  /** Decodes a name or value of a query, where a plus is a space. */
  static String decodedParameter(String encoded) {
    return decoded(encoded.replace("+", "%20"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
