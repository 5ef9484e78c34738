package io.hormesis.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.RaftMessage;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** L9: a follower that lacks a snapshot answers later than a leader asks again. */
class SlowSnapshotTest {

  private static final int WRITES = 60;
  private static final int STATE_BYTES = 40_000;
  private static final Duration LATE = Duration.ofMillis(400);

  private final AtomicLong partsSent = new AtomicLong();

  /** Starts a follower that lacks a snapshot of many parts, and waits until it has all. */
  private void catchUp(Duration slowness, WorkaroundSwitches switches) {
    World world = new World(9);
    world.switches = switches;
    world.limits = GroupLimits.USUAL.withSnapshotEvery(20);
    world.startAll();
    String leader = world.awaitInSync(3);
    String lagging = leader.equals("c1") ? "b1" : "c1";
    world.kill(lagging);
    for (int i = 0; i < WRITES; i++) {
      world.write("k" + i, "r" + i, 0, "x".repeat(STATE_BYTES));
    }
    world.slowness.put(lagging, slowness);
    partsSent.set(0);
    world.lossy =
        (_, frame) -> {
          partsSent.addAndGet(World.messages(frame).filter(SlowSnapshotTest::isPart).count());
          return false;
        };
    world.start(lagging);
    world.until(
        Duration.ofSeconds(60),
        "a follower that has all",
        () -> world.status(lagging).filter(it -> it.commitIndex() >= WRITES).isPresent());
  }

  private static boolean isPart(RaftMessage message) {
    return message instanceof InstallSnapshotRequest request && request.getSnapshotChunk() != null;
  }

  @Test
  void itGetsItAllTheSameAndHardlyAnyPartTwice() {
    catchUp(Duration.ZERO, WorkaroundSwitches.ALL);
    long quickly = partsSent.get();
    assertThat(quickly).isGreaterThan(20);
    catchUp(LATE, WorkaroundSwitches.ALL);
    assertThat(partsSent.get()).isBetween(quickly, quickly * 3 / 2);
  }

  @Test
  void withoutThatItNeverGetsAPart() {
    assertThatThrownBy(() -> catchUp(LATE, WorkaroundSwitches.without("partsToTheSlow")))
        .hasMessageContaining("a follower that has all");
    assertThat(partsSent).hasValue(0);
  }
}
