package io.hormesis.process;

/**
 * The author's code of a stateless process: handles one message at a time. An exception is a crash:
 * the worker is replaced by a fresh one, the asker gets its default reply or a clear refusal.
 *
 * <p>To test one, call it: {@code assertThat(desk.on(show)).isEqualTo(show.reply(expected))}. What
 * it asks of others is best given to its constructor as a {@link Peer}, which a test writes as a
 * lambda.
 *
 * @param <M> the contract
 */
@FunctionalInterface
public interface Worker<M> {

  /** Handles one message. */
  Reply<?> on(M message);
}
