package io.hormesis.examples.egovernment;

import io.hormesis.mutation.SeedRunner;
import io.hormesis.simulation.system.Violation;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs seeds of the whole system inside a mutant. */
public final class SystemSeedRunner implements SeedRunner {

  /** A runner of the plan of {@link ManySeeds}. */
  public SystemSeedRunner() {}

  /** The kinds of the promises that were broken. */
  @Override
  public SortedMap<Long, List<String>> violations(long first, int count)
      throws InterruptedException {
    SortedMap<Long, List<String>> violations = new TreeMap<>();
    ManySeeds.run(first, count, ManySeeds.PLAN)
        .reports()
        .forEach(it ->
            violations.put(
                it.seed(), it.violations().stream().map(Violation::kind).distinct().toList()));
    return violations;
  }
}
