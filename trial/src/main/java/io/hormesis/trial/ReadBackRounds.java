package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Looks for acknowledged writes wherever they must be, again and again for half a minute: notices
 * take a while to arrive, and a place may just be moving.
 */
final class ReadBackRounds {
  private static final long BETWEEN_NANOS = 5_000_000;

  private final List<URI> edges;
  private final Workload workload;
  private final LoadConnections connections;
  private int next;

  ReadBackRounds(List<URI> edges, Workload workload, LoadConnections connections) {
    this.edges = edges;
    this.workload = workload;
    this.connections = connections;
  }

  ReadBackResult run(List<TrialCall.Acknowledged> writes, int acknowledged) throws IOException {
    List<Look> open = new ArrayList<>();
    for (TrialCall.Acknowledged write : writes) {
      workload.spots(write.write()).forEach(spot -> open.add(new Look(write, spot)));
    }
    Set<TrialCall.Acknowledged> doubled = new HashSet<>();
    long end = System.nanoTime() + TrialPlan.Patience.USUAL.found().toNanos();
    while (!open.isEmpty() && (System.nanoTime() < end || open.stream().anyMatch(Look::untried))) {
      round(open);
      open.stream().filter(it -> it.found.orElse(0) > 1).forEach(it -> doubled.add(it.write));
      open.removeIf(it -> it.found.orElse(0) > 0);
    }
    return new ReadBackResult(
        acknowledged,
        writes.size(),
        distinct(open.stream().filter(it -> it.found.isPresent()).toList()),
        doubled.size(),
        distinct(open.stream().filter(it -> it.found.isEmpty()).toList()));
  }

  /** Asks for each once, no faster than a system at rest answers with ease. */
  private void round(List<Look> open) throws IOException {
    for (Look look : open) {
      look.tried = true;
      connections.start(look.asked(next++ % edges.size()));
      long due = System.nanoTime() + BETWEEN_NANOS;
      while (System.nanoTime() < due) {
        connections.turn(due - System.nanoTime());
      }
    }
    while (connections.underWay() > 0) {
      connections.turn(BETWEEN_NANOS);
    }
  }

  private static int distinct(List<Look> looks) {
    Set<TrialCall.Acknowledged> writes = new HashSet<>();
    looks.forEach(it -> writes.add(it.write));
    return writes.size();
  }

  /** One write in one place. */
  private final class Look {
    private final TrialCall.Acknowledged write;
    private final ReadBackTarget spot;
    private boolean tried;

    /** How often the last real reply showed it. */
    private OptionalInt found = OptionalInt.empty();

    Look(TrialCall.Acknowledged write, ReadBackTarget spot) {
      this.write = write;
      this.spot = spot;
    }

    boolean untried() {
      return !tried;
    }

    Exchange asked(int edge) {
      byte[] bytes = Exchange.bytes(workload.readBack(write.write(), spot), edges.get(edge));
      long deadline = System.nanoTime() + TrialPlan.Patience.USUAL.deadline().toNanos();
      return new Exchange(edge, bytes, deadline) {
        @Override
        void replied(WireReply reply, long nowNanos) {
          EdgeReply shown = reply.from(edges.get(edge));
          if (shown.isReal()) {
            found = OptionalInt.of(workload.count(write, spot, shown));
          }
        }

        @Override
        void broken() {}

        @Override
        void expired() {}
      };
    }
  }
}
