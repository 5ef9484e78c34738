package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.util.Optional;

/**
 * What the calls of a load do to the keys that they are about, one after the other: how a run's
 * whole history is judged for linearizability. It understands what goes over HTTP, and no more.
 * Stateless and thread-safe.
 *
 * @param <S> the state of one key
 * @param <I> what a call asks of a key
 * @param <O> what a reply says about it
 */
public interface ReferenceModel<S, I, O> extends Model<S, I, O> {

  /** What a call asks of which key; empty for one that this model is not about. */
  Optional<Asked<I>> asked(TrialCall call);

  /**
   * What the application's reply to a call says; empty when it says nothing about the key, and then
   * the outcome is unknown. Not called for default replies, refusals by the platform and errors.
   */
  Optional<O> told(TrialCall call, EdgeReply reply);

  /** One operation on one key. */
  record Asked<I>(String key, I input) {}
}
