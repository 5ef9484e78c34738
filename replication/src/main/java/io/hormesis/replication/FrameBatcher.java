package io.hormesis.replication;

import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Strand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers what the groups of this server have ready for the same server into frames.
 *
 * <p>Whatever waits when the sending strand gets its turn travels together. At most {@value
 * #WAITING_LIMIT} bytes wait for a server; what is beyond is dropped, as the carrier may drop
 * anything. Thread-safe.
 */
final class FrameBatcher {

  static final int WAITING_LIMIT = 8 << 20;

  private final Strand strand;
  private final RaftCarrier outgoing;
  private final Stopped stopped;
  private final Map<String, Waiting> waiting = new TreeMap<>();
  private boolean scheduled;

  /** What waits for one server. */
  private static final class Waiting {
    private final Deque<RaftEnvelope> envelopes = new ArrayDeque<>();
    private int bytes;
  }

  FrameBatcher(Strand strand, RaftCarrier outgoing, Stopped stopped) {
    this.strand = strand;
    this.outgoing = outgoing;
    this.stopped = stopped;
  }

  synchronized void add(String server, RaftEnvelope envelope) {
    Waiting there = waiting.computeIfAbsent(server, _ -> new Waiting());
    if (there.bytes + envelope.size() > WAITING_LIMIT) {
      return;
    }
    there.envelopes.add(envelope);
    there.bytes += envelope.size();
    if (!scheduled) {
      scheduled = true;
      strand.execute(this::sendAll);
    }
  }

  private void sendAll() {
    Map<String, List<byte[]>> frames = frames();
    frames.forEach((server, ready) -> {
      for (byte[] frame : ready) {
        if (!stopped.yes()) {
          outgoing.send(server, frame);
        }
      }
    });
  }

  private synchronized Map<String, List<byte[]>> frames() {
    scheduled = false;
    Map<String, List<byte[]>> frames = new TreeMap<>();
    waiting.forEach((server, there) -> frames.put(server, frames(there)));
    return frames;
  }

  private static List<byte[]> frames(Waiting there) {
    List<byte[]> frames = new ArrayList<>();
    List<RaftEnvelope> next = new ArrayList<>();
    int room = Carrier.FRAME_LIMIT - RaftEnvelope.FRAME_HEAD;
    for (RaftEnvelope envelope : there.envelopes) {
      int size = envelope.size();
      if (size > room && !next.isEmpty()) {
        frames.add(RaftEnvelope.frame(next));
        next.clear();
        room = Carrier.FRAME_LIMIT - RaftEnvelope.FRAME_HEAD;
      }
      next.add(envelope);
      room -= size;
    }
    if (!next.isEmpty()) {
      frames.add(RaftEnvelope.frame(next));
    }
    there.envelopes.clear();
    there.bytes = 0;
    return frames;
  }
}
