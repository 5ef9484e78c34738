package io.hormesis.process;

/**
 * A message that expects no reply. One that a step of a {@link StatefulWorker} sends is durable
 * with that step, is delivered at least once and applied once, however long its receiver is down.
 */
public non-sealed interface Notice extends Message {}
