package io.hormesis.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An error as an RFC 9457 problem document.
 *
 * @param kind last part of its type, a URI of ours
 * @param title the same for all problems of one kind
 * @param detail name, rule, actual value, next step
 * @param field the field, parameter or header that is wrong, if one is
 * @param process the process that it comes from, if one is known
 */
record Problem(
    int status,
    String kind,
    String title,
    String detail,
    Optional<String> field,
    Optional<String> process) {
  /** Names the kind of a 503: {@code overloaded} and {@code refused} are not to be retried. */
  static final String REFUSED = "Hormesis-Refused";

  /** Begins the type of each. */
  static final String TYPE = "urn:hormesis:problem:";

  /** The kind of a refusal that must not be tried again. */
  static final String OVERLOADED = "overloaded";

  /** The kinds of a 503 after which another edge may do better. */
  static final Set<String> ELSEWHERE = Set.of("draining", "not-here");

  private static final String MEDIA_TYPE = "application/problem+json";

  static Problem wrongField(String field, String detail) {
    return new Problem(
        400, "wrong-field", "A field is wrong", detail, Optional.of(field), Optional.empty());
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
    return plain(503, OVERLOADED, "It was refused at once: do not retry", detail);
  }

  static Problem draining(String detail) {
    return plain(503, "draining", "It was not taken here", detail);
  }

  static Problem notHere(String detail) {
    return plain(503, "not-here", "It was not taken here", detail);
  }

  static Problem tooSlow(String detail) {
    return plain(408, "too-slow", "The call did not come in time", detail);
  }

  static Problem expectation(String detail) {
    return plain(417, "expectation", "The expectation is not met", detail);
  }

  /** An operator's wish that cannot be met. */
  static Problem cannot(int status, String detail) {
    return plain(status, "cannot-be-done", "It cannot be done", detail);
  }

  static Problem unauthorized(String detail) {
    return plain(401, "unauthorized", "The credential is wrong", detail);
  }

  static Problem unknown(String detail) {
    return plain(504, "unknown", "Nobody knows whether it was done", detail);
  }

  static Problem internal(String detail) {
    return plain(500, "internal", "The edge has an error", detail);
  }

  private static Problem plain(int status, String kind, String title, String detail) {
    return new Problem(status, kind, title, detail, Optional.empty(), Optional.empty());
  }

  /** The same, from a process. */
  Problem from(String process) {
    return new Problem(status, kind, title, detail, field, Optional.of(process));
  }

  /** The reply that carries it. */
  HttpReply reply(Optional<String> traceId) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", TYPE + kind);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    field.ifPresent(it -> members.put("field", it));
    process.ifPresent(it -> members.put("process", it));
    traceId.ifPresent(it -> {
      members.put("instance", "urn:hormesis:trace:" + it);
      members.put("trace", it);
    });
    HttpReply reply = new HttpReply(status, MEDIA_TYPE, Map.of(), JsonText.of(members));
    return status == 503 ? reply.with("Retry-After", "1").with(REFUSED, kind) : reply;
  }
}
