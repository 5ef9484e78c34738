package io.hormesis.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An error as an RFC 9457 problem document.
 *
 * @param detail name, rule, actual value, next step
 * @param field the field, parameter or header that is wrong, if one is
 * @param process the process that it comes from, if one is known
 */
record Problem(
    int status, ProblemKind kind, String detail, Optional<String> field, Optional<String> process) {
  /** Names the kind of a 503: {@code overloaded} and {@code refused} are not to be retried. */
  static final String REFUSED = "Hormesis-Refused";

  private static final String MEDIA_TYPE = "application/problem+json";

  static Problem wrongField(String field, String detail) {
    return new Problem(400, ProblemKind.WRONG_FIELD, detail, Optional.of(field), Optional.empty());
  }

  static Problem badRequest(String detail) {
    return plain(400, ProblemKind.BAD_REQUEST, detail);
  }

  static Problem tooLarge(String detail) {
    return plain(413, ProblemKind.TOO_LARGE, detail);
  }

  static Problem unsupported(String detail) {
    return plain(415, ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail);
  }

  static Problem noSuchPath(String detail) {
    return plain(404, ProblemKind.NO_SUCH_PATH, detail);
  }

  static Problem nothingThere(String detail) {
    return plain(404, ProblemKind.NOTHING_THERE, detail);
  }

  static Problem wrongMethod(String detail) {
    return plain(405, ProblemKind.WRONG_METHOD, detail);
  }

  static Problem declined(String detail) {
    return plain(409, ProblemKind.DECLINED, detail);
  }

  static Problem keyForgotten(String detail) {
    return plain(409, ProblemKind.KEY_FORGOTTEN, detail);
  }

  static Problem keyReused(String detail) {
    return plain(422, ProblemKind.KEY_REUSED, detail);
  }

  static Problem refused(String detail) {
    return plain(503, ProblemKind.REFUSED, detail);
  }

  static Problem overloaded(String detail) {
    return plain(503, ProblemKind.OVERLOADED, detail);
  }

  static Problem draining(String detail) {
    return plain(503, ProblemKind.DRAINING, detail);
  }

  static Problem notHere(String detail) {
    return plain(503, ProblemKind.NOT_HERE, detail);
  }

  static Problem tooSlow(String detail) {
    return plain(408, ProblemKind.TOO_SLOW, detail);
  }

  static Problem expectation(String detail) {
    return plain(417, ProblemKind.EXPECTATION, detail);
  }

  /** An operator's wish that cannot be met. */
  static Problem cannot(int status, String detail) {
    return plain(status, ProblemKind.CANNOT_BE_DONE, detail);
  }

  static Problem unauthorized(String detail) {
    return plain(401, ProblemKind.UNAUTHORIZED, detail);
  }

  static Problem unknown(String detail) {
    return plain(504, ProblemKind.UNKNOWN, detail);
  }

  static Problem internal(String detail) {
    return plain(500, ProblemKind.INTERNAL, detail);
  }

  private static Problem plain(int status, ProblemKind kind, String detail) {
    return new Problem(status, kind, detail, Optional.empty(), Optional.empty());
  }

  /** The same, from a process. */
  Problem from(String process) {
    return new Problem(status, kind, detail, field, Optional.of(process));
  }

  /** The reply that carries it. */
  HttpReply reply(Optional<String> traceId) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", kind.type());
    members.put("title", kind.title());
    members.put("status", status);
    members.put("detail", detail);
    field.ifPresent(it -> members.put("field", it));
    process.ifPresent(it -> members.put("process", it));
    traceId.ifPresent(it -> {
      members.put("instance", "urn:hormesis:trace:" + it);
      members.put("trace", it);
    });
    HttpReply reply = new HttpReply(status, MEDIA_TYPE, Map.of(), JsonText.of(members));
    return status == 503 ? reply.with("Retry-After", "1").with(REFUSED, kind.word()) : reply;
  }
}
