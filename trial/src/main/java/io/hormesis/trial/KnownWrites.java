package io.hormesis.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The writes that were acknowledged to one generator, to be read back. For one thread. */
final class KnownWrites implements AcknowledgedWrites {
  private final List<TrialCall.Acknowledged> all = new ArrayList<>();

  void add(TrialCall.Acknowledged write) {
    all.add(write);
  }

  @Override
  public Optional<TrialCall.Acknowledged> any(RandomGenerator random) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  int size() {
    return all.size();
  }

  /** So many of them at most, evenly from the first to the last. */
  List<TrialCall.Acknowledged> sample(int most) {
    if (all.size() <= most) {
      return List.copyOf(all);
    }
    var sample = new ArrayList<TrialCall.Acknowledged>();
    for (int i = 0; i < most; i++) {
      sample.add(all.get((int) ((long) i * all.size() / most)));
    }
    return sample;
  }
}
