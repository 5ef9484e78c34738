package io.hormesis.simulation.group;

import io.hormesis.mutation.SeedRunner;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs seeds of a profile inside a mutant. */
public final class GroupSeedRunner implements SeedRunner {
  private final GroupProfile profile;

  /** A runner of the profile of that name. */
  public GroupSeedRunner(String profile) {
    this.profile = Profiles.named(profile);
  }

  @Override
  public SortedMap<Long, List<String>> violations(long first, int count)
      throws InterruptedException {
    SortedMap<Long, List<String>> violations = new TreeMap<>();
    GroupSeeds.run(first, count, profile)
        .reports()
        .forEach(it -> violations.put(it.seed(), it.violations()));
    return violations;
  }
}
