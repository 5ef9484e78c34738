package io.hormesis.testing;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.injection.Fault;
import io.hormesis.process.Outcome;
import io.hormesis.process.RequestId;
import io.hormesis.testing.Cinema.Tickets.Sell;
import io.hormesis.testing.Cinema.Tickets.Sold;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Seeds become tests: each by its number, with a fresh lab, until one fails and says why. */
final class SimulatedTest {

  /** Each seed has a lab and a test instance of its own. */
  static final class Fresh {
    private int sold;

    @BeforeEach
    void start(Lab lab) {
      lab.start(new Cinema());
    }

    @Simulated(seeds = 3, from = 5)
    void everySeedSellsTheFirstSeat(Lab lab) {
      sold++;
      assertThat(lab.send(new Sell(new RequestId("1"), "M", "ann")))
          .isInstanceOf(Outcome.Replied.class);
      assertThat(lab.ask(new Sold("M"))).isEqualTo(sold).isEqualTo(1);
    }
  }

  @Test
  void eachSeedIsATestOfItsOwn() {
    Launched launched = Launched.of(Fresh.class);
    assertThat(launched.names()).containsExactly("seed 5", "seed 6", "seed 7");
    assertThat(launched.tests()).allMatch(Launched.Ended::successful);
  }

  /** Goes wrong in the third of five seeds. */
  static final class WrongInThree {
    @Simulated(seeds = 5)
    void threeIsWrong(Lab lab) {
      lab.start(new Cinema());
      lab.pass(ofSeconds(1));
      Assertions.assertEquals(lab.seed() == 3 ? 1 : 0, lab.ask(new Sold("M")), "sold seats");
    }
  }

  @Test
  void theSeedThatFailsIsNamedAndTheOthersWait() {
    Launched launched = Launched.of(WrongInThree.class);
    assertThat(launched.names()).containsExactly("seed 1", "seed 2", "seed 3");
    assertThat(launched.failure())
        .hasMessageMatching(
            """
            (?s)seed 3: sold seats ==> expected: <1> but was: <0>
              replay it alone: @Simulated\\(seed = 3L\\), or -Dhormesis.seed=3
              what it did, in virtual time:
                  3.000 s  started cinema on \\[a1, a2, b1, b2, c1, c2]
                  [45].\\d{3} s  Sold\\[film=M] → Replied\\[target=box-office/\\d, value=0, .*
            """)
        .isInstanceOfSatisfying(
            AssertionFailedError.class,
            it -> {
              assertThat(it.getExpected().getValue()).isEqualTo(1);
              assertThat(it.getActual().getValue()).isEqualTo(0);
              assertThat(it.getStackTrace())
                  .anyMatch(frame -> frame.getMethodName().equals("threeIsWrong"));
            });
  }

  @Test
  void aSeedIsReplayedByTheProperty() {
    Launched launched = Launched.of(WrongInThree.class, Optional.of("3"));
    assertThat(launched.names()).containsExactly("seed 3");
    assertThat(launched.failure()).hasMessageStartingWith("seed 3: sold seats");
    assertThat(Launched.of(WrongInThree.class, Optional.of("17")).tests())
        .singleElement()
        .matches(Launched.Ended::successful);
  }

  /** Replays two seeds. */
  static final class Replayed {
    @Simulated(
        seeds = 200,
        seed = {17, 3})
    void replayed(Lab lab) {
      lab.start(new Cinema());
    }
  }

  @Test
  void seedsAreReplayedByTheAnnotation() {
    assertThat(Launched.of(Replayed.class).names()).containsExactly("seed 17", "seed 3");
  }

  @Test
  void aSeedThatIsNoNumberIsRefused() {
    assertThat(Launched.of(Replayed.class, Optional.of("x1")).failure())
        .hasMessage(
            "property hormesis.seed must be a whole number, but was \"x1\": give the number of the seed to be replayed");
  }

  /** Remembers in a static what a run before it did. */
  static final class Remembers {
    private static final AtomicInteger RUNS = new AtomicInteger();

    @BeforeEach
    void start(Lab lab) {
      lab.start(new Cinema());
    }

    @Simulated(seeds = 2)
    void failsOtherwiseEachTime(Lab lab) {
      for (int seats = RUNS.incrementAndGet(); seats > 0; seats--) {
        var _ = lab.send(new Sell(new RequestId("s" + seats), "M", "ann"));
      }
      Assertions.fail("as it must");
    }
  }

  @Test
  void aSeedThatGoesAnotherWayTheSecondTimeIsFoundOut() {
    Launched launched = Launched.of(Remembers.class);
    assertThat(launched.names()).containsExactly("seed 1");
    assertThat(launched.failure())
        .hasMessageMatching(
            """
            (?s)seed 1: as it must
              replay it alone: .*
              it is not deterministic: run again under the same seed, it went another way
                once:  \\d.* s  Sell\\[id=RequestId\\[value=s1], .*
                again: \\d.* s  Sell\\[id=RequestId\\[value=s2], .*
              what mostly makes it so: statics, which one run leaves to the next; .*
              what it did, in virtual time:
                  3.000 s  started cinema on .*
            """);
    assertThat(Launched.of(WrongInThree.class).failure())
        .hasMessageNotContaining("not deterministic");
  }

  /** Asks for nothing. */
  static final class NoSeeds {
    @Simulated(seeds = 0)
    void never(Lab lab) {
      lab.start(new Cinema());
    }
  }

  @Test
  void aTestHasASeed() {
    assertThat(Launched.of(NoSeeds.class).failure())
        .hasMessage("seeds of @Simulated must be 1 or more, but was 0: ask for one");
  }

  /** Its test ends with an error that is no assertion. */
  static final class Deep {
    @Simulated(seeds = 2)
    void fallsThroughTheFloor(Lab lab) {
      lab.start(new Cinema());
      throw new StackOverflowError("too deep");
    }
  }

  @Test
  void anErrorIsExplainedToo() {
    Launched launched = Launched.of(Deep.class);
    assertThat(launched.names()).containsExactly("seed 1");
    assertThat(launched.failure())
        .hasMessageStartingWith("seed 1: java.lang.StackOverflowError: too deep")
        .hasMessageContaining("replay it alone: @Simulated(seed = 1L)");
  }

  /** Makes a fault that nothing can feel. */
  static final class Unmet {
    @Simulated(seeds = 2)
    void killsTheDead(Lab lab) {
      lab.start(new Cinema());
      lab.make(new Fault.Kill("a1", ofSeconds(10)));
      lab.make(new Fault.Kill("a1", ofSeconds(3)));
    }
  }

  @Test
  void aFaultThatWasNeverMetProvesNothing() {
    assertThat(Launched.of(Unmet.class).failure())
        .hasMessageStartingWith(
            "seed 1: inconclusive: each fault must be met, but [Kill[server=a1, down=PT3S]] never was, so the test has not tested it: ")
        .hasMessageContaining("made Kill[server=a1, down=PT10S]");
  }

  /** Asserts nothing, and need not. */
  static final class Damaged {
    @Simulated(seeds = 2)
    void sellsTwice(Lab lab) {
      lab.start(Cinema.forgetful());
      var _ = lab.send(new Sell(new RequestId("1"), "M", "ann"));
      var _ = lab.send(new Sell(new RequestId("2"), "M", "bob"));
    }
  }

  @Test
  void aDamageThatTheApplicationDeclaresFailsEachTest() {
    assertThat(Launched.of(Damaged.class).failure())
        .hasMessageStartingWith("seed 1: cinema must keep its promises, but did not: ")
        .hasMessageContaining("a seat is sold twice: seat 1 of M");
  }

  /** Sends one command twice, which is no damage. */
  static final class Repeated {
    @Simulated(seeds = 2)
    void sendsAgain(Lab lab) {
      lab.start(new Cinema());
      Sell sell = new Sell(new RequestId("1"), "M", "ann");
      assertThat(lab.send(sell)).isEqualTo(lab.send(sell)).isInstanceOf(Outcome.Replied.class);
    }
  }

  @Test
  void theSameCommandTwiceIsOneCommand() {
    assertThat(Launched.of(Repeated.class).tests()).allMatch(Launched.Ended::successful);
  }

  /** Never starts anything. */
  static final class Idle {
    @Simulated
    void doesNothing(Lab lab) {
      assertThat(lab.seed()).isPositive();
    }
  }

  @Test
  void aTestThatStartsNothingFails() {
    assertThat(Launched.of(Idle.class).failure())
        .hasMessageContaining("lab must be started before it is used, but is not");
  }

  /** Fails before it begins. */
  static final class WrongBefore {
    @BeforeEach
    void start(Lab lab) {
      lab.start(new Cinema());
      lab.lose("bar");
    }

    @Simulated
    void never(Lab lab) {
      lab.pass(ofSeconds(1));
    }
  }

  @Test
  void whatFailsBeforeTheTestIsExplainedToo() {
    assertThat(Launched.of(WrongBefore.class).failure())
        .hasMessageStartingWith("seed 1: java.lang.IllegalArgumentException: process must be one")
        .hasMessageContaining("-Dhormesis.seed=1");
  }

  /** Assumes what is not so. */
  static final class Assumed {
    @Simulated(seeds = 2)
    void assumes(Lab lab) {
      Assumptions.assumeTrue(lab.seed() == 0);
    }
  }

  @Test
  void anAssumptionThatDoesNotHoldIsNoFailure() {
    assertThat(Launched.of(Assumed.class).tests())
        .hasSize(2)
        .allMatch(it -> it.result().getStatus().name().equals("ABORTED"));
  }
}
