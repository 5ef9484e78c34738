package io.hormesis.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a group says while nobody asks anything of it. */
class IdleTest {

  @Test
  void anIdleGroupSendsHeartbeatsAndNothingElse() {
    for (int seed = 1; seed <= 20; seed++) {
      World world = new World(seed);
      world.startAll();
      world.awaitCaughtUp();
      long before = world.carried;
      world.run(Duration.ofSeconds(20));
      // Five heartbeats a second to each of two followers, and their responses.
      assertThat(world.carried - before).as("frames in 20 s, seed %d", seed).isBetween(100L, 500L);
    }
  }
}
