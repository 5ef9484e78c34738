package io.hormesis.simulation.sweep;

/**
 * One ask of a worker, and how it ended.
 *
 * @param process who was asked
 */
public record Asked(String process, Record request, AskOutcome way) {

  @Override
  public String toString() {
    return "%s (%s) %s".formatted(process, request.getClass().getSimpleName(), way);
  }
}
