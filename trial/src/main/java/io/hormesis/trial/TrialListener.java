package io.hormesis.trial;

/** Hears what a trial tells; called by several threads, one at a time, and must not block. */
@FunctionalInterface
public interface TrialListener {

  /** Takes the next event. */
  void on(TrialEvent event);
}
