package io.hormesis.server;

import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.placement.Plan;
import io.hormesis.replication.GroupId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The instances on one server: made and dropped as the plan says. Partitions stay where they are,
 * for their state does. On the delivery strand.
 */
final class Hosts {
  private final InstanceFactory factory;
  private final Map<Target, Instance> instances = new HashMap<>();
  private final Map<GroupId, NoticeOutbox> outboxes = new HashMap<>();

  Hosts(InstanceFactory factory) {
    this.factory = factory;
  }

  /** From now on this server hosts these targets. */
  void placed(Plan plan, String server) {
    Set<Target> wanted = plan.targetsOf(server);
    instances.keySet().removeIf(it -> it.partition().isEmpty() && !wanted.contains(it));
    for (Target target : wanted) {
      if (!instances.containsKey(target)) {
        instances.put(target, factory.make(target));
        factory.outbox(target).ifPresent(it -> outboxes.put(GroupId.of(target), it));
      }
    }
  }

  /** The instance of a target; empty when it is not here. */
  Optional<Instance> find(Target target) {
    return Optional.ofNullable(instances.get(target));
  }

  Collection<Instance> all() {
    return instances.values();
  }

  /** There may be notices to deliver in the outbox of a group. */
  void outboxFilled(GroupId group) {
    NoticeOutbox outbox = outboxes.get(group);
    if (outbox != null) {
      outbox.filled();
    }
  }
}
