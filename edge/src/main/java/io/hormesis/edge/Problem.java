package io.hormesis.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An error as an RFC 9457 problem document.
 *
 * @param kind last part of its type, a URI of ours
 * @param title the same for all problems of one kind
 * @param detail name, rule, actual value, next step
 * @param field the field, parameter or header that is wrong, if one is
 */
record Problem(int status, String kind, String title, String detail, Optional<String> field) {
  /** Begins the type of each. */
  static final String TYPE = "urn:hormesis:problem:";

  /** The kind of a refusal that must not be tried again. */
  static final String OVERLOADED = "overloaded";

  private static final String MEDIA_TYPE = "application/problem+json";

  static Problem wrongField(String field, String detail) {
    return new Problem(400, "wrong-field", "A field is wrong", detail, Optional.of(field));
  }

  static Problem badRequest(String detail) {
    return plain(400, "bad-request", "The call is not understood", detail);
  }

  static Problem tooLarge(String detail) {
    return plain(413, "too-large", "The body is too large", detail);
  }

  static Problem unsupported(String detail) {
    return plain(415, "unsupported-media-type", "The body is not JSON", detail);
  }

  static Problem noSuchPath(String detail) {
    return plain(404, "no-such-path", "There is no such path", detail);
  }

  static Problem nothingThere(String detail) {
    return plain(404, "nothing-there", "There is no such thing", detail);
  }

  static Problem wrongMethod(String detail) {
    return plain(405, "wrong-method", "The path has other methods", detail);
  }

  static Problem declined(String detail) {
    return plain(409, "declined", "The process declined it", detail);
  }

  static Problem keyForgotten(String detail) {
    return plain(409, "key-forgotten", "The key was used too long ago", detail);
  }

  static Problem keyReused(String detail) {
    return plain(422, "key-reused", "The key was used for another request", detail);
  }

  static Problem refused(String detail) {
    return plain(503, "refused", "It was certainly not done", detail);
  }

  static Problem overloaded(String detail) {
    return plain(503, OVERLOADED, "More is asked than can be done", detail);
  }

  static Problem unknown(String detail) {
    return plain(504, "unknown", "Nobody knows whether it was done", detail);
  }

  static Problem internal(String detail) {
    return plain(500, "internal", "The edge has an error", detail);
  }

  private static Problem plain(int status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, Optional.empty());
  }

  /** The reply that carries it. */
  HttpReply reply(Optional<String> traceId) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", TYPE + kind);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    field.ifPresent(it -> members.put("field", it));
    traceId.ifPresent(it -> {
      members.put("instance", "urn:hormesis:trace:" + it);
      members.put("trace", it);
    });
    HttpReply reply = new HttpReply(status, MEDIA_TYPE, Map.of(), JsonText.of(members));
    return status == 503 ? reply.with("Retry-After", "1") : reply;
  }
}
