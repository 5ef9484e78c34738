package io.hormesis.process;

/**
 * The author's code of a stateful process: one worker for each key, one message at a time, each a
 * step from one state to the next. A step must depend on nothing but its state, its message and
 * what its peers answer; it may run again when another step of the same key came first. So it reads
 * no clock, draws no random numbers, and writes nowhere else.
 *
 * <p>A query must give a step that keeps the state and tells nobody.
 *
 * @param <S> the state: a record of plain data
 * @param <M> the contract
 */
public interface StatefulWorker<S, M> {

  /** The state of a key that was never written. */
  S initial();

  /** Handles one message. */
  Step<S> on(S state, M message);

  /** A step that changes nothing. */
  default Step<S> keep(Reply<?> reply) {
    return Step.keep(reply);
  }

  /** A step to a new state. */
  default Step<S> become(S next, Reply<?> reply) {
    return Step.become(next, reply);
  }
}
