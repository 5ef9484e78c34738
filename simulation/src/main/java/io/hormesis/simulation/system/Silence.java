package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.trial.AcknowledgedWrites;
import io.hormesis.trial.Load;
import io.hormesis.trial.ReplyMeaning;
import io.hormesis.trial.TrialCall;
import java.util.random.RandomGenerator;

/** The load of those who send nothing: whoever plays with the system calls it by hand. */
final class Silence implements Load {

  @Override
  public TrialCall draw(long run, RandomGenerator random, AcknowledgedWrites acknowledged) {
    throw neverSent();
  }

  @Override
  public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
    throw neverSent();
  }

  private static IllegalStateException neverSent() {
    return new IllegalStateException("nobody sends this load");
  }
}
