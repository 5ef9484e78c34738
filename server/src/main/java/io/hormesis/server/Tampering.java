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
public record Tampering(FarSide farSide, Set<DeliveryMutation> delivery, Set<Mutation> record) {

  /** A real server. */
  public static final Tampering NONE = new Tampering(FarSide.REAL, Set.of(), Set.of());

  public Tampering {
    delivery = Set.copyOf(delivery);
    record = Set.copyOf(record);
  }

  /** A server whose messages are answered by a script. */
  public static Tampering by(FarSide script) {
    return new Tampering(script, Set.of(), Set.of());
  }

  /** A server with an error in the way of a message. */
  public static Tampering with(DeliveryMutation error) {
    return new Tampering(FarSide.REAL, Set.of(error), Set.of());
  }

  /** A server with an error in its replicated record. */
  public static Tampering with(Mutation error) {
    return new Tampering(FarSide.REAL, Set.of(), Set.of(error));
  }
}
