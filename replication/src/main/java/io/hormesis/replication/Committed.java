package io.hormesis.replication;

/** What became of a change once its entry was committed and applied. */
public sealed interface Committed {

  /** The step took place; the key is at this version now. */
  record Applied(long version) implements Committed {}

  /** The request had been applied before; this is its first reply. Nothing changed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Repeated(byte[] reply) implements Committed {}

  /** The request id was used for another body before. Nothing changed. */
  record KeyReused() implements Committed {}

  /** The request was applied so long ago that its reply is gone. Nothing changed. */
  record KeyForgotten() implements Committed {}

  /** The key is at another version than expected: run the step again. Nothing changed. */
  record Conflict(long version) implements Committed {}

  /** The outbox has no room for the step's notices. Nothing changed. */
  record OutboxFull(int limit) implements Committed {}
}
