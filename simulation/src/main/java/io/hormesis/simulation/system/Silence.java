package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.trial.Call;
import io.hormesis.trial.Meaning;
import io.hormesis.trial.Recall;
import io.hormesis.trial.Spot;
import io.hormesis.trial.Workload;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The load of those who send nothing: whoever plays with the system calls it by hand. */
final class Silence implements Workload {

  @Override
  public String application() {
    return "";
  }

  @Override
  public String target() {
    return "";
  }

  @Override
  public Call draw(long run, RandomGenerator random, Recall recall) {
    throw neverSent();
  }

  @Override
  public Meaning meaning(Call call, EdgeReply reply) {
    throw neverSent();
  }

  @Override
  public List<Spot> spots(Call.Write write) {
    throw neverSent();
  }

  @Override
  public EdgeRequest readBack(Call.Write write, Spot spot) {
    throw neverSent();
  }

  @Override
  public int count(Call.Acknowledged write, Spot spot, EdgeReply shown) {
    throw neverSent();
  }

  @Override
  public Optional<String> recognise(Call.Write write, EdgeReply shown) {
    throw neverSent();
  }

  private static IllegalStateException neverSent() {
    return new IllegalStateException("nobody sends this load");
  }
}
