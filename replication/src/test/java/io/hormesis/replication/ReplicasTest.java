package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplicasTest {

  private final World world = new World(1);

  @Test
  void threeServersBearAGroupElectAndCommit() {
    world.startAll();
    world.awaitLeader();

    assertThat(world.write("citizen", "r1", 0, "first")).isEqualTo(1);
    assertThat(world.write("citizen", "r2", 1, "second")).isEqualTo(2);

    String leader = world.awaitLeader();
    KeyState read = world.await(world.replica(leader).read("citizen"));
    assertThat(read.version()).isEqualTo(2);
    assertThat(read.state().map(b -> new String(b, UTF_8))).hasValue("second");
    world.awaitCaughtUp();
    for (String server : World.SERVERS) {
      assertThat(world.replica(server).applied("citizen").version()).isEqualTo(2);
    }
  }

  @Test
  void theFirstInRankTendsToLead() {
    world.startAll();
    world.awaitInSync(3);
    assertThat(world.statuses()).allMatch(status -> status.leader().isPresent());
  }

  @Test
  void acknowledgedWritesOutliveTheLossOfAllPower() {
    world.startAll();
    world.write("k", "r1", 0, "one");
    World.SERVERS.forEach(world::powerOff);
    world.run(Duration.ofSeconds(1));
    world.startAll();
    assertThat(world.write("k", "r2", 1, "two")).isEqualTo(2);
  }
}
