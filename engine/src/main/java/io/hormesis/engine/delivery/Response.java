package io.hormesis.engine.delivery;

import java.util.Optional;

/** What the server of a process sends back for an {@link Envelope}. */
public sealed interface Response {

  /**
   * A worker's reply.
   *
   * @param value encoded; empty for a notice, which was taken
   * @param durable whether it tells of a change that is durable
   */
  record Value(byte[] value, boolean durable) implements Response {}

  /** The worker's own refusal. */
  record Declined(String reason) implements Response {}

  /** Certainly not done, and another instance would say the same. */
  record Refused(CallResult.Cause cause, String reason) implements Response {}

  /** Perhaps done: the same request id may be sent again. */
  record Unknown(String reason) implements Response {}

  /** Not handled here, certainly not done; perhaps that server does it. */
  record Elsewhere(Optional<String> server) implements Response {}

  /** Not handled: too much waits already. */
  record Busy(String reason) implements Response {}
}
