package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.util.Optional;

/** What became of one request, as its caller sees it. */
enum RequestOutcome {
  /** A real reply inside the deadline; a worker's own refusal is one. */
  REPLIED,
  /** A default reply of a route that declares one. */
  DEFAULT,
  /** A default reply where none is declared. */
  UNDECLARED_DEFAULT,
  /** The platform refused it: certainly not done. */
  REFUSED,
  /** The platform refused it at once, because more is asked than it can do: certainly not done. */
  SHED,
  /** No reply inside the deadline: perhaps done. */
  UNKNOWN,
  /** A reply that is none of the above. */
  ERROR;

  boolean failed() {
    return this != REPLIED && this != DEFAULT;
  }

  /** Whether it is certain that nothing was done. */
  boolean refused() {
    return this == REFUSED || this == SHED;
  }

  /** Decides on a reply; {@code meaning} is what the workload made of it when it is a real one. */
  static RequestOutcome of(TrialCall call, EdgeReply reply, Optional<ReplyMeaning> meaning) {
    if (reply.isDefault()) {
      return call instanceof TrialCall.Read read && read.defaultDeclared()
          ? DEFAULT
          : UNDECLARED_DEFAULT;
    }
    return switch (reply.status()) {
      case 429, 503 -> reply.isOverloaded() ? SHED : REFUSED;
      case 504 -> UNKNOWN;
      default -> meaning.map(RequestOutcome::ofMeaning).orElse(ERROR);
    };
  }

  private static RequestOutcome ofMeaning(ReplyMeaning meaning) {
    return switch (meaning) {
      case ReplyMeaning.Accepted _,
          ReplyMeaning.Taken _,
          ReplyMeaning.Declined _,
          ReplyMeaning.Shown _ ->
          REPLIED;
      case ReplyMeaning.Untrue _, ReplyMeaning.Strange _ -> ERROR;
    };
  }
}
