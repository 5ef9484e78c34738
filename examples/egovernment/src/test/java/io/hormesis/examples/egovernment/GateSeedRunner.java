package io.hormesis.examples.egovernment;

import io.hormesis.mutation.SeedRunner;
import io.hormesis.simulation.SeedRuns;
import io.hormesis.simulation.system.MetastabilityGate;
import io.hormesis.simulation.system.MetastabilityGate.Passage;
import io.hormesis.simulation.system.Violation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs seeds through the metastability gate inside a mutant. */
public final class GateSeedRunner implements SeedRunner {

  /** A runner of the plan of {@link Overloads}. */
  public GateSeedRunner() {}

  @Override
  public SortedMap<Long, List<String>> violations(long first, int count)
      throws InterruptedException {
    SortedMap<Long, List<String>> violations = new TreeMap<>();
    SeedRuns.<Passage>onAllProcessors(seed -> MetastabilityGate.run(seed, Overloads.PLAN))
        .each(
            first,
            count,
            it ->
                violations.put(
                    it.seed(), it.violations().stream().map(Violation::sentence).toList()));
    return violations;
  }
}
