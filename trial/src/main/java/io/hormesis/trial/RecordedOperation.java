package io.hormesis.trial;

import java.util.Optional;

/**
 * One operation on one key, as its caller saw it, from the first try to the final reply.
 *
 * @param invokedAt when it was first sent, on any clock that all operations of a history share
 * @param reply empty when the outcome is unknown: it may take effect at any later time, or never
 */
public record RecordedOperation<I, O>(
    String key, long invokedAt, I input, Optional<Told<O>> reply) {

  public RecordedOperation {
    if (reply.isPresent() && reply.get().at() < invokedAt) {
      throw new IllegalArgumentException(
          "operation on %s must return after it was invoked at %d, but returned at %d: give both times of one clock"
              .formatted(key, invokedAt, reply.get().at()));
    }
  }

  /** An operation whose caller was told how it ended. */
  public static <I, O> RecordedOperation<I, O> known(
      String key, long invokedAt, long returnedAt, I input, O output) {
    return new RecordedOperation<>(
        key, invokedAt, input, Optional.of(new Told<>(returnedAt, output)));
  }

  /** An operation of which nobody knows whether it takes effect, and when. */
  public static <I, O> RecordedOperation<I, O> unknown(String key, long invokedAt, I input) {
    return new RecordedOperation<>(key, invokedAt, input, Optional.empty());
  }

  /** The same operation as if its caller had not been told how it ended. */
  RecordedOperation<I, O> forgotten() {
    return unknown(key, invokedAt, input);
  }

  /** What its caller was told. */
  Optional<O> output() {
    return reply.map(Told::output);
  }

  @Override
  public String toString() {
    return reply
        .map(it -> "%s -> %s [%d, %d]".formatted(input, it.output(), invokedAt, it.at()))
        .orElseGet(() -> "%s -> unknown [%d, ...]".formatted(input, invokedAt));
  }

  /**
   * How an operation ended for its caller.
   *
   * @param at when the caller was told
   */
  public record Told<O>(long at, O output) {}
}
