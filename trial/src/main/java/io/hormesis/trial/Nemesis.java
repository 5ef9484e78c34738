package io.hormesis.trial;

import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.Optional;

/** Decides what is broken and when, while a trial runs: the monkey, for one. */
public interface Nemesis {

  /**
   * What to break now, or what it waits for.
   *
   * @param unsteadyReason why the load is not steady; empty when it is
   * @param at since the load began
   */
  Decision next(SystemStatus status, Optional<String> unsteadyReason, Duration at);

  /** The last attack did not happen: its target was gone already. */
  void missed(Attack attack);

  /** What is done now. */
  sealed interface Decision permits Attack, Waiting {}

  /**
   * Nothing is broken.
   *
   * @param reason what it waits for
   */
  record Waiting(String reason) implements Decision {}

  /**
   * One server to be killed.
   *
   * @param reason why this one, for people: {@code leads tax-desk/1}
   */
  record Attack(String target, String reason) implements Decision {}
}
