package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.replication.Mutation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each error that can be built into the record is found by few seeds. Every build looks here for
 * the two that need a particular world: consensus alone, a disk lost in each run; seeds of a whole
 * system find the others as soon.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MutantsTest {

  private static final int TOGETHER = 2;

  /** What comes of it when a mutant is in the servers, with the most seeds that it may take. */
  @ParameterizedTest
  @CsvSource({"vote, 2000, (lost|stale|diverged).*", "wiped-name, 120, (lost|stale|diverged).*"})
  void theSeedsOfAParticularWorldFindIt(String profile, int limit, String how)
      throws InterruptedException {
    find(profile, limit, how);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "entry, 60, (lost|stale|diverged).*",
    "majority, 60, (lost|stale|diverged).*",
    "request-id, 60, applied twice",
    "version, 60, but was applied as",
    "forgotten-notice, 60, holds notices .* the desk sent",
    "early-notice, 300, holds notices .* the desk sent",
    "impatient, 60, not whole .*role=CANDIDATE"
  })
  void theSeedsFindIt(String profile, int limit, String how) throws InterruptedException {
    find(profile, limit, how);
  }

  private static void find(String profile, int limit, String how) throws InterruptedException {
    Pattern broken = Pattern.compile(how);
    List<RunReport> tried = new ArrayList<>();
    List<Long> finders = List.of();
    while (finders.isEmpty() && tried.size() < limit) {
      tried.addAll(GroupSeeds.run(1 + tried.size(), TOGETHER, Profiles.named(profile)).reports());
      finders =
          tried.stream()
              .filter(report ->
                  report.violations().stream().anyMatch(what -> broken.matcher(what).find()))
              .map(RunReport::seed)
              .toList();
    }
    System.out.printf(
        "mutant %s: found in %d of the first %d seeds: %s%n",
        profile, finders.size(), tried.size(), finders);
    assertThat(finders)
        .as("seeds of %d that find the mutant %s", tried.size(), profile)
        .isNotEmpty();
  }

  @Test
  void everyMutantIsTried() {
    assertThat(Profiles.BY_NAME.values().stream().flatMap(it -> it.mutations().stream()))
        .containsExactlyInAnyOrder(Mutation.values());
  }
}
