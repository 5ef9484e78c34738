package io.hormesis.process;

/** A query of a {@link Damage.Check} got no answer of a worker, so nobody can judge the damage. */
public final class NoAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A query without an answer.
   *
   * @param why what came instead, such as a default reply, or silence until the deadline
   */
  public NoAnswerException(Query<?> query, String why) {
    super(
        "%s must be answered by a worker before a damage can be judged, but was not (%s): see why that process cannot answer"
            .formatted(query, why));
  }
}
