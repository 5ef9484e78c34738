package io.hormesis.replication;

import static io.hormesis.replication.Bench.A;
import static io.hormesis.replication.Bench.C;
import static io.hormesis.replication.Bench.append;
import static io.hormesis.replication.Bench.entries;
import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.model.message.AppendEntriesFailureResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** L6: how a leader finds what a follower lacks, with the cure and without it. */
class JumpBackTest {

  // L6: the leader dies; of the others one lacks 300 entries, and only together they are a
  // majority.

  private static long refusalsUntilOneThatLagsHasCaughtUp(WorkaroundSwitches switches) {
    World world = new World(6);
    world.switches = switches;
    world.startAll();
    String leader = world.awaitInSync(3);
    String lagging = leader.equals("c1") ? "b1" : "c1";
    world.isolate(lagging);
    for (int i = 0; i < 300; i++) {
      world.write("k", "r" + i, i, "state " + i);
    }
    AtomicLong refusals = new AtomicLong();
    world.lossy =
        (_, frame) -> {
          refusals.addAndGet(
              World.messages(frame).filter(AppendEntriesFailureResponse.class::isInstance).count());
          return false;
        };
    world.kill(leader);
    world.heal();
    world.evidence(leader);
    world.awaitInSync(2);
    world.write("k", "last", 300, "last");
    return refusals.get();
  }

  @Test
  void followerThatLacksMuchSaysSoOnce() {
    assertThat(refusalsUntilOneThatLagsHasCaughtUp(WorkaroundSwitches.ALL)).isBetween(1L, 3L);
  }

  @Test
  void withoutThatItIsAskedForOneEntryLessEachTime() {
    assertThat(refusalsUntilOneThatLagsHasCaughtUp(WorkaroundSwitches.without("jumpBack")))
        .isGreaterThan(250);
  }

  @Test
  void refusalNamesWhereTheEntriesOfAnotherTermBegin() {
    Bench bench = Bench.withAllCures();
    bench.start();
    bench.receive(append(A, 1, 0, 0, entries(1, 4, 1), 4));
    bench.receive(append(A, 2, 4, 1, entries(5, 9, 2), 4));
    var _ = bench.said();
    bench.receive(append(C, 3, 8, 1, List.of(), 4));
    assertThat(bench.said(AppendEntriesFailureResponse.class))
        .hasValueSatisfying(it -> assertThat(it.getExpectedNextIndex()).isEqualTo(5));
    bench.receive(append(C, 3, 20, 1, List.of(), 4));
    assertThat(bench.said(AppendEntriesFailureResponse.class))
        .hasValueSatisfying(it -> assertThat(it.getExpectedNextIndex()).isEqualTo(10));
  }
}
