package io.hormesis.mutation;

import io.hormesis.replication.Replica;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Role;
import io.hormesis.replication.Undelivered;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** The hook of a leader that forgets what was in its outbox when it began to lead. */
public final class ForgetfulOutbox {
  private static final Map<Replica, Forgotten> FORGOTTEN = new WeakHashMap<>();

  private ForgetfulOutbox() {}

  /** Shows of an outbox what came in this term. */
  public static List<Undelivered> outbox(
      List<Undelivered> all, Replica member, long after, int limit) {
    ReplicaStatus status = member.status();
    if (status.role() != Role.LEADER) {
      return all;
    }
    long upTo;
    synchronized (FORGOTTEN) {
      Forgotten known = FORGOTTEN.get(member);
      if (known == null || known.term() != status.term()) {
        known = new Forgotten(status.term(), all.isEmpty() ? 0 : all.getLast().number());
        FORGOTTEN.put(member, known);
      }
      upTo = known.upTo();
    }
    return all.stream().filter(it -> it.number() > upTo).toList();
  }

  private record Forgotten(long term, long upTo) {}
}
