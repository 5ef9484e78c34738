package io.hormesis.simulation.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.simulation.system.ReplaySubset.Requests;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static final int FAULTS = 40;
  private static final long REQUESTS = 1_200;
  private static final Duration END = Duration.ofSeconds(63);
  private static final Duration NEVER_MIND = Duration.ofSeconds(1);

  @Test
  void whatNeedsNothingShrinksToNothing() {
    assertThat(shrunk(_ -> true))
        .isEqualTo(
            ReplaySubset.WHOLE.onlyFaults(List.of()).onlyRequests(Requests.NONE).until(NEVER_MIND));
  }

  @Test
  void whatNeedsEverythingStaysWhole() {
    assertThat(shrunk(ReplaySubset.WHOLE::equals)).isEqualTo(ReplaySubset.WHOLE);
  }

  @Test
  void whatIsNeededIsFoundWhateverItIs() {
    for (long seed = 1; seed <= 500; seed++) {
      Needs needs = Needs.drawn(new Random(seed));
      ReplaySubset found = shrunk(needs);
      assertThat(found.faults().orElseThrow()).as("seed %d", seed).isEqualTo(needs.faults);
      assertThat(found.requests().orElseThrow()).as("seed %d", seed).isEqualTo(needs.requests);
      assertThat(found.until().orElseThrow()).as("seed %d", seed).isEqualTo(needs.until);
    }
  }

  @Test
  void sixtyTriesAreEnoughForOneFaultAndAFewRequests() {
    for (long seed = 1; seed <= 500; seed++) {
      Needs needs = Needs.drawn(new Random(seed), 1, 20);
      int[] tries = {0};
      ReplaySubset found = shrunk(it -> ++tries[0] <= 60 && needs.test(it));
      assertThat(found.faults().orElseThrow()).as("seed %d", seed).isEqualTo(needs.faults);
      assertThat(found.requests().orElseThrow().count()).as("seed %d", seed).isEqualTo(20);
      assertThat(found.until().orElseThrow()).as("seed %d", seed).isEqualTo(needs.until);
    }
  }

  @Test
  void whenTriesAreUsedUpTheSmallestSoFarIsGiven() {
    for (int most = 0; most <= 60; most++) {
      Needs needs = Needs.drawn(new Random(most));
      int limit = most;
      int[] tries = {0};
      ReplaySubset found = shrunk(it -> ++tries[0] <= limit && needs.test(it));
      assertThat(needs.test(found)).as("%d tries", most).isTrue();
    }
  }

  /**
   * One of two faults will do, or a run fails only by chance: what is given has failed all the
   * same.
   */
  @Test
  void whatIsGivenHasFailedHoweverFickleTheRuns() {
    for (long seed = 1; seed <= 500; seed++) {
      Random random = new Random(seed);
      Set<ReplaySubset> failed = new HashSet<>(Set.of(ReplaySubset.WHOLE));
      ReplaySubset found = shrunk(it -> random.nextInt(3) == 0 && failed.add(it));
      assertThat(failed).as("seed %d", seed).contains(found);
    }
  }

  @Test
  void ofTwoFaultsThatDoOneIsLeft() {
    ReplaySubset found = shrunk(it -> it.hasFault(7) || it.hasFault(33));
    assertThat(found.faults().orElseThrow()).hasSize(1).isSubsetOf(7, 33);
  }

  @Test
  void aRunWithoutFaultsOrRequestsCanBeShrunk() {
    assertThat(new Shrinker(_ -> true).shrink(0, 0, END))
        .isEqualTo(ReplaySubset.WHOLE.until(NEVER_MIND));
  }

  private static ReplaySubset shrunk(Predicate<ReplaySubset> fails) {
    return new Shrinker(fails).shrink(FAULTS, REQUESTS, END);
  }

  /** A failure that needs certain faults, all of a range of requests, and a certain time. */
  private record Needs(Set<Integer> faults, Requests requests, Duration until)
      implements Predicate<ReplaySubset> {

    static Needs drawn(Random random) {
      return drawn(random, 1 + random.nextInt(4), 1 + random.nextInt(400));
    }

    static Needs drawn(Random random, int faults, int requests) {
      Set<Integer> numbers = new TreeSet<>();
      while (numbers.size() < faults) {
        numbers.add(1 + random.nextInt(FAULTS));
      }
      long first = 1 + random.nextLong(REQUESTS - requests);
      return new Needs(
          numbers,
          new Requests(first, first + requests - 1),
          Duration.ofSeconds(1 + random.nextInt(60)));
    }

    @Override
    public boolean test(ReplaySubset subset) {
      return faults.stream().allMatch(subset::hasFault)
          && subset.hasRequest(requests.first())
          && subset.hasRequest(requests.last())
          && subset.end(END).compareTo(until) >= 0;
    }
  }
}
