package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of a run in the words of its {@link ReferenceModel}. A call is one operation from its
 * first try to its final reply, however often it was sent in between under its key. A reply that is
 * not the application's own (a default reply, a refusal by the platform, an error) proves nothing
 * about a write, which may have been done by an earlier try; a read without a reply is left out.
 * For one thread; keeps about 100 bytes a call.
 */
public final class HistoryRecorder<S, I, O> {
  private final ReferenceModel<S, I, O> model;
  private final List<RecordedOperation<I, O>> operations = new ArrayList<>();

  /** An empty history; the system must be empty too. */
  public HistoryRecorder(ReferenceModel<S, I, O> model) {
    this.model = model;
  }

  /** A call got its final reply. Times are of one clock, in any unit. */
  public void replied(TrialCall call, long sentAt, EdgeReply reply, long repliedAt) {
    Optional<O> told = reply.isReal() ? model.told(call, reply) : Optional.empty();
    note(call, sentAt, told.map(it -> new RecordedOperation.Told<>(repliedAt, it)));
  }

  /** A call ended without a reply, or was still under way at the end: perhaps done. */
  public void silent(TrialCall call, long sentAt) {
    note(call, sentAt, Optional.empty());
  }

  /** How many operations are noted. */
  public int size() {
    return operations.size();
  }

  /** Judges what is noted so far, with the usual limit of work. */
  public Linearizability.Result judge() {
    return Linearizability.check(model, operations);
  }

  private void note(TrialCall call, long sentAt, Optional<RecordedOperation.Told<O>> told) {
    if (call instanceof TrialCall.Read && told.isEmpty()) {
      return;
    }
    model
        .asked(call)
        .ifPresent(
            it -> operations.add(new RecordedOperation<>(it.key(), sentAt, it.input(), told)));
  }
}
