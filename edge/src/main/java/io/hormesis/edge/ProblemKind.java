package io.hormesis.edge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of errors that an edge tells its callers; RFC 9457 calls them problem types. */
enum ProblemKind {
  WRONG_FIELD("A field is wrong"),
  BAD_REQUEST("The call is not understood"),
  TOO_LARGE("The body is too large"),
  UNSUPPORTED_MEDIA_TYPE("The body is not JSON"),
  NO_SUCH_PATH("There is no such path"),
  NOTHING_THERE("There is no such thing"),
  WRONG_METHOD("The path has other methods"),
  DECLINED("The process declined it"),
  KEY_FORGOTTEN("The key was used too long ago"),
  KEY_REUSED("The key was used for another request"),
  REFUSED("It was certainly not done"),
  OVERLOADED("It was refused at once: do not retry"),
  DRAINING("It was not taken here"),
  NOT_HERE("It was not taken here"),
  TOO_SLOW("The call did not come in time"),
  EXPECTATION("The expectation is not met"),
  CANNOT_BE_DONE("It cannot be done"),
  UNAUTHORIZED("The credential is wrong"),
  UNKNOWN("Nobody knows whether it was done"),
  INTERNAL("The edge has an error");

  private final String title;

  ProblemKind(String title) {
    this.title = title;
  }

  /** Its word, for programs. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of a word; empty when only a newer edge knows it. */
  static Optional<ProblemKind> of(String word) {
    return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
  }

  /** The URI that names it. */
  String type() {
    return "urn:hormesis:problem:" + word();
  }

  /** What it means, for people. */
  String title() {
    return title;
  }

  /** Whether another edge may do better. */
  boolean maySucceedElsewhere() {
    return this == DRAINING || this == NOT_HERE;
  }
}
