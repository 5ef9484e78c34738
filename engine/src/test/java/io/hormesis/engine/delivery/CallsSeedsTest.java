package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Thousands of short lives of the calls of one server, among servers that die and come back. */
class CallsSeedsTest {
  private static final int SEEDS = 3000;
  private static final List<String> SERVERS = List.of("a1", "b1", "c1");
  private static final Target REGISTRY = Target.of("registry");
  private static final Target DESK = Target.of("desk", 0);

  @Test
  void everyCallEndsOnceByItsDeadlineAndReachesFewWorkers() {
    int recovered = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      recovered += new Life(seed).run();
    }
    assertThat(recovered).as("calls that were sent again and got a real reply").isPositive();
  }

  @Test
  void framesThatAreLostOnTheWayToALivingLeaderAreSentAgain() {
    int resent = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      resent += lossyLife(seed);
    }
    assertThat(resent).as("calls that lost a frame and got their reply").isGreaterThan(SEEDS / 20);
  }

  /** One call over a wire that loses one frame in ten; gives 1 if it lost some and still ended. */
  private static int lossyLife(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CallTracker calls = new CallTracker("a2");
    calls.placed(Map.of(DESK, SERVERS), 0);
    calls.leads(DESK, "b1", 1, 0);
    CallResult<byte[]> reply = new CallResult.Replied<>("", new byte[] {1}, true);
    long now = random.nextLong(1000);
    long deadline = now + 2000;
    List<Effect> effects = calls.ask(new Call(1, DESK, true, true, deadline), now);
    int lost = 0;
    while (calls.underWay() > 0) {
      boolean arrives = false;
      for (Effect effect : effects) {
        boolean drops = random.nextInt(10) == 0;
        lost += effect instanceof Effect.Send && drops ? 1 : 0;
        arrives |= effect instanceof Effect.Send && !drops;
      }
      if (arrives) {
        now += 1 + random.nextInt(20);
        effects = calls.responded(1, "b1", reply, now);
      } else {
        now = calls.nextWake().orElseThrow();
        effects = calls.wake(now);
      }
    }
    assertThat(now).as("seed %d", seed).isLessThanOrEqualTo(deadline);
    assertThat(lost).as("seed %d", seed).isLessThanOrEqualTo(CallTracker.MOST_TRIES);
    Effect end =
        lost < CallTracker.MOST_TRIES
            ? new Effect.Finish(1, reply)
            : new Effect.Finish(
                1,
                new CallResult.Unknown<>(
                    "", "no answer within its deadline (b1 did not answer in time)"));
    assertThat(effects).as("seed %d, %d frames lost", seed, lost).containsExactly(end);
    return lost > 0 && lost < CallTracker.MOST_TRIES ? 1 : 0;
  }

  /** One seed. */
  private static final class Life {
    private final int seed;
    private final SplittableRandom random;
    private final CallTracker calls = new CallTracker("a2");
    private final Map<Long, Call> open = new HashMap<>();
    private final Map<Long, Integer> tries = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private long now;
    private long term;
    private long lastCall;
    private int recovered;

    Life(int seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      calls.placed(Map.of(REGISTRY, SERVERS, DESK, SERVERS), 0);
    }

    int run() {
      while (now < 10_000) {
        now += random.nextInt(40);
        perform(calls.wake(now));
        switch (random.nextInt(8)) {
          case 0, 1 -> ask();
          case 2, 3, 4 -> respond();
          case 5 -> perform(calls.gone(server(), now));
          case 6 -> perform(calls.back(server(), now));
          default -> perform(calls.leads(DESK, server(), ++term, now));
        }
        checkDeadlines();
      }
      now += 3000;
      perform(calls.wake(now));
      assertThat(open).as("seed %d: calls that never ended", seed).isEmpty();
      assertThat(calls.underWay()).as("seed %d", seed).isZero();
      return recovered;
    }

    private void ask() {
      boolean command = random.nextBoolean();
      Call call =
          new Call(
              ++lastCall,
              command ? DESK : REGISTRY,
              command,
              true,
              now + 100 + random.nextInt(1900));
      open.put(call.id(), call);
      perform(calls.ask(call, now));
    }

    private void respond() {
      if (sent.isEmpty()) {
        return;
      }
      Sent one = sent.remove(random.nextInt(sent.size()));
      CallResult<byte[]> response =
          switch (random.nextInt(7)) {
            case 0 -> new CallResult.Unknown<>("", "perhaps");
            case 1 -> new CallResult.Refused<>("", CallResult.Cause.CONFLICT, "another step");
            case 2 ->
                new CallResult.Refused<>(
                    "", CallResult.Cause.NOT_HERE, "not here", Optional.of(server()));
            case 3 -> new CallResult.Refused<>("", CallResult.Cause.ISOLATED, "isolated");
            default -> new CallResult.Replied<>("", new byte[0], true);
          };
      perform(calls.responded(one.call(), one.server(), response, now));
    }

    private void perform(List<Effect> effects) {
      for (Effect effect : effects) {
        switch (effect) {
          case Effect.Send send -> {
            assertThat(open).as("seed %d: sends for an ended call", seed).containsKey(send.call());
            assertThat(send.attempt()).isLessThanOrEqualTo(CallTracker.MOST_TRIES);
            assertThat(send.casualties())
                .as("seed %d: what ends servers goes on to the next", seed)
                .hasSizeLessThan(RequestContext.MOST_CASUALTIES);
            tries.merge(send.call(), 1, Integer::sum);
            sent.add(new Sent(send.call(), send.server()));
          }
          case Effect.Finish finish -> {
            end(finish.call());
            if (finish.result() instanceof CallResult.Replied<byte[]>
                && tries.getOrDefault(finish.call(), 0) > 1) {
              recovered++;
            }
          }
        }
      }
    }

    private void end(long call) {
      assertThat(open.remove(call)).as("seed %d: call %d ends twice", seed, call).isNotNull();
    }

    private void checkDeadlines() {
      for (Call call : open.values()) {
        assertThat(call.deadline())
            .as("seed %d: call %d overdue", seed, call.id())
            .isGreaterThan(now - 40);
      }
    }

    private String server() {
      return SERVERS.get(random.nextInt(SERVERS.size()));
    }

    private record Sent(long call, String server) {}
  }
}
