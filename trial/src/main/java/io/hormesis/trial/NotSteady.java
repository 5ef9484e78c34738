package io.hormesis.trial;

import java.time.Duration;

/** The system was not whole before the load began, so nothing could be learned from a trial. */
public final class NotSteady extends Exception {
  private static final long serialVersionUID = 1L;

  NotSteady(String missing, Duration waited) {
    super(
        ("the system must be fully redundant before the load begins, but after %d s %s:"
                + " see `hormesis status` and the logs of the servers")
            .formatted(waited.toSeconds(), missing));
  }
}
