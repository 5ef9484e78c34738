package io.hormesis.trial;

import io.hormesis.server.SystemStatus;
import java.time.Duration;
import java.util.Optional;

/** Decides what is broken and when, while a trial runs: the monkey, for one. */
public interface Nemesis {

  /**
   * What to break now; empty when nothing is to be broken yet.
   *
   * @param at since the load began
   */
  Optional<Attack> next(SystemStatus status, Duration at);

  /** The last attack did not happen: its target was gone already. */
  void missed(Attack attack);

  /**
   * One server to be killed.
   *
   * @param reason why this one, for people: {@code leads tax-desk/1}
   */
  record Attack(String target, String reason) {}
}
