package io.hormesis.process;

/**
 * A request that changes nothing. Whoever asks one declares a default reply for the time when
 * nobody can answer.
 */
public non-sealed interface Query<R> extends Request<R> {}
