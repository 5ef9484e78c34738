package io.hormesis.replication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step of one key: next state, reply and notices in one log entry. It holds data only, so every
 * member applies it alike.
 *
 * @param requestId under which the reply is remembered, for this key
 * @param fingerprint of the request's body: the same id with another body is refused
 * @param expectedVersion version of the key that the step started from
 * @param nextState empty when the step leaves the state as it is
 * @param reply remembered under the request id
 * @param at the leader's clock: the reply's age counts from here
 */
@SuppressWarnings("ArrayRecordComponent")
public record Change(
    String key,
    String requestId,
    byte[] fingerprint,
    long expectedVersion,
    Optional<byte[]> nextState,
    byte[] reply,
    List<OutgoingNotice> notices,
    Instant at) {

  public Change {
    notices = List.copyOf(notices);
  }
}
