package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.trial.Call;
import io.hormesis.trial.Load;
import io.hormesis.trial.Meaning;
import io.hormesis.trial.Recall;
import java.util.random.RandomGenerator;

/** The load of those who send nothing: whoever plays with the system calls it by hand. */
final class Silence implements Load {

  @Override
  public Call draw(long run, RandomGenerator random, Recall recall) {
    throw neverSent();
  }

  @Override
  public Meaning meaning(Call call, EdgeReply reply) {
    throw neverSent();
  }

  private static IllegalStateException neverSent() {
    return new IllegalStateException("nobody sends this load");
  }
}
