package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Failover client of a running system: all its edges behind one method, {@link
 * io.hormesis.edge.EdgeClient#send} on real servers: an edge that cannot be reached is replaced by
 * another one inside the deadline, under the same {@code Idempotency-Key}. Thread-safe.
 */
@FunctionalInterface
public interface Client {

  /**
   * Sends one request; never blocks.
   *
   * @param deadline how long a reply is of use, retries included
   * @return the reply; it fails when there was none inside the deadline, and then nobody knows
   *     whether the request was done
   */
  CompletableFuture<EdgeReply> request(EdgeRequest request, Duration deadline);
}
