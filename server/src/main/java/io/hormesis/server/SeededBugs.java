package io.hormesis.server;

import io.hormesis.engine.delivery.DeliveryMutation;
import io.hormesis.replication.Mutation;
import java.util.Set;

/**
 * What makes a server another than the real one. For tests only.
 *
 * @param farSide answers messages in the place of those that they are for
 * @param delivery errors built into the way of a message
 * @param record errors built into the replicated record
 */
public record SeededBugs(
    Interceptor farSide, Set<DeliveryMutation> delivery, Set<Mutation> record) {

  /** A real server. */
  public static final SeededBugs NONE = new SeededBugs(Interceptor.REAL, Set.of(), Set.of());

  public SeededBugs {
    delivery = Set.copyOf(delivery);
    record = Set.copyOf(record);
  }

  /** A server whose messages are answered by a script. */
  public static SeededBugs by(Interceptor script) {
    return new SeededBugs(script, Set.of(), Set.of());
  }

  /** A server with an error in the way of a message. */
  public static SeededBugs with(DeliveryMutation error) {
    return new SeededBugs(Interceptor.REAL, Set.of(error), Set.of());
  }

  /** A server with an error in its replicated record. */
  public static SeededBugs with(Mutation error) {
    return new SeededBugs(Interceptor.REAL, Set.of(), Set.of(error));
  }
}
