package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Runs one seed again, for a person: {@code -Dseed=N}, {@code -Dprofile=NAME}, {@code -Dtrace}. */
class ReplayTest {

  /** The command that runs a seed again, from the root of the project. */
  static String command(long seed, String profile) {
    return ("mvn test -pl simulation -am -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dtest=ReplayTest -Dseed=%d -Dprofile=%s -Dtrace")
        .formatted(seed, profile);
  }

  @Test
  @EnabledIfSystemProperty(named = "seed", matches = "-?\\d+")
  void theSeedKeepsEveryPromise() {
    long seed = Long.getLong("seed", 0);
    GroupProfile profile = Profiles.named(System.getProperty("profile", "usual"));
    boolean trace = System.getProperty("trace") != null;
    RunReport report =
        trace
            ? GroupSimulation.traced(seed, profile, System.out::println)
            : GroupSimulation.run(seed, profile);
    System.out.println(report);
    assertThat(report.violations()).isEmpty();
  }
}
