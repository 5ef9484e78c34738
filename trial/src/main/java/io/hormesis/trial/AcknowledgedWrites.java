package io.hormesis.trial;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a load remembers of its own writes, so that it can read them back while it runs. */
@FunctionalInterface
public interface AcknowledgedWrites {

  /** One of the writes acknowledged so far, uniformly drawn; empty while there is none. */
  Optional<TrialCall.Acknowledged> any(RandomGenerator random);
}
