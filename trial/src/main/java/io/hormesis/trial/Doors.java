package io.hormesis.trial;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The front doors of a running system, all of them behind one method: a door that is closed is
 * replaced by another one inside the deadline, under the same request and the same {@code
 * Idempotency-Key}. Thread-safe.
 */
@FunctionalInterface
public interface Doors {

  /**
   * Sends one request; never blocks.
   *
   * @param deadline how long a reply is of use, retries included
   * @return the reply; it fails when there was none inside the deadline, and then nobody knows
   *     whether the request was done
   */
  CompletableFuture<DoorReply> request(DoorRequest request, Duration deadline);
}
