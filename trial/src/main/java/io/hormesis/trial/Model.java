package io.hormesis.trial;

import java.util.Optional;

/**
 * What one key does when its operations come one after the other: the measure of {@link
 * Linearizability}. Without threads, clocks or randomness.
 *
 * @param <S> the state of one key, compared by {@code equals}
 * @param <I> what an operation asks for
 * @param <O> what its caller is told
 */
public interface Model<S, I, O> {

  /** The state of a key before its first operation. */
  S initial();

  /**
   * The state after an operation; empty when no operation of this state has that output.
   *
   * @param output what the caller was told; empty when nobody knows, and then any output fits, and
   *     the state may stay open where the output would say more
   */
  Optional<S> step(S state, I input, Optional<O> output);
}
