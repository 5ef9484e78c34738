package io.hormesis.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of a group can be compared by one number. */
class ChecksumTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** A part of a step whose bytes all count. */
  enum Part {
    KEY,
    REQUEST_ID,
    FINGERPRINT,
    STATE,
    REPLY,
    NOTICE_KEY,
    NOTICE_PAYLOAD,
    NOTICE_REQUEST_ID
  }

  // Ways to the same index.

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void membersAreEqualWhicheverWayLedThemToTheIndex(long seed) {
    World world = new World(seed);
    world.limits = GroupLimits.USUAL.withSnapshotEvery(20);
    Random random = new Random(seed);
    world.startAll();
    String leader = world.awaitInSync(3);
    List<String> others = World.SERVERS.stream().filter(name -> !name.equals(leader)).toList();
    String lagging = others.get(random.nextInt(2));
    String restarted = others.get(1 - others.indexOf(lagging));

    world.isolate(lagging); // will be sent a snapshot
    writeSome(world, random, "before", 70);
    world.heal();
    world.awaitInSync(3);
    world.kill(restarted); // comes back from its checkpoint and log
    writeSome(world, random, "after", 15);
    world.start(restarted);
    world.awaitInSync(3);
    world.awaitCaughtUp();
    world.run(Duration.ofMillis(500)); // followers learn of a commit by the next heartbeat

    List<StateChecksum> checksums =
        World.SERVERS.stream().map(name -> world.replica(name).checksum()).distinct().toList();
    assertThat(checksums).as("seed %d", seed).hasSize(1);
    assertThat(checksums.getFirst().index())
        .isEqualTo(world.status(leader).orElseThrow().commitIndex());

    World.SERVERS.forEach(world::powerOff); // all from their disks
    world.startAll();
    writeSome(world, random, "again", 1);
    world.awaitCaughtUp();
    world.run(Duration.ofMillis(500));
    assertThat(World.SERVERS.stream().map(name -> world.replica(name).checksum()).distinct())
        .as("seed %d", seed)
        .hasSize(1)
        .doesNotContainAnyElementsOf(checksums);
  }

  private static void writeSome(World world, Random random, String name, int count) {
    for (int i = 0; i < count; i++) {
      String leader = world.awaitLeader();
      String key = "k" + random.nextInt(4);
      List<OutgoingNotice> notices =
          random.nextBoolean()
              ? List.of()
              : List.of(new OutgoingNotice("box", 1, key, bytes("n" + i), name + i, new byte[0]));
      Change change = world.change(key, name + i, random.nextInt(3), "state " + name + i);
      var _ = world.replica(leader).commit(with(change, notices));
      if (random.nextInt(5) == 0) {
        var _ = world.replica(leader).delivered(List.of((long) random.nextInt(20)));
      }
      world.run(Duration.ofMillis(20));
    }
  }

  private static Change with(Change change, List<OutgoingNotice> notices) {
    return new Change(
        change.key(),
        change.requestId(),
        change.fingerprint(),
        change.expectedVersion(),
        change.nextState(),
        change.reply(),
        notices,
        change.at());
  }

  // One byte.

  @ParameterizedTest
  @EnumSource(Part.class)
  void oneOtherByteAnywhereIsSeen(Part part) {
    StateChecksum checksum = after(step(_ -> "the same", part));
    assertThat(after(step(_ -> "the same", part))).isEqualTo(checksum);
    for (int i = 0; i < "the same".length(); i++) {
      int at = i;
      StateChecksum other = after(step(text -> oneOther(text, at), part));
      assertThat(other.index()).isEqualTo(checksum.index());
      assertThat(other.checksum()).as("byte %d of %s", at, part).isNotEqualTo(checksum.checksum());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "delivery", "forgotten"})
  void whatIsNotSeenInAKeyIsSeenInTheChecksum(String what) {
    ReplicatedState one = new ReplicatedState();
    ReplicatedState other = new ReplicatedState();
    LogCommand.Step first = step(_ -> "the same", Part.STATE);
    List.of(one, other).forEach(state -> state.apply(1, first));
    one.apply(2, new LogCommand.NewTerm());
    other.apply(
        2,
        switch (what) {
          case "time" -> repeated(first, NOON.plusSeconds(1));
          case "delivery" -> new LogCommand.Delivered(List.of(1L));
          default -> repeated(first, NOON.plus(Duration.ofHours(25)));
        });
    assertThat(other.checksum().index()).isEqualTo(one.checksum().index());
    assertThat(other.checksum().checksum()).isNotEqualTo(one.checksum().checksum());
  }

  private static StateChecksum after(LogCommand.Step step) {
    ReplicatedState state = new ReplicatedState();
    state.apply(7, step);
    return state.checksum();
  }

  private static LogCommand.Step step(UnaryOperator<String> change, Part changed) {
    List<String> parts = new ArrayList<>();
    for (Part part : Part.values()) {
      parts.add(part == changed ? change.apply("the same") : "the same");
    }
    OutgoingNotice notice =
        new OutgoingNotice("box", 1, parts.get(5), bytes(parts.get(6)), parts.get(7), new byte[0]);
    Change made =
        new Change(
            parts.get(0),
            parts.get(1),
            bytes(parts.get(2)),
            0,
            Optional.of(bytes(parts.get(3))),
            bytes(parts.get(4)),
            List.of(notice),
            NOON);
    return new LogCommand.Step(made, 5, Duration.ofHours(24));
  }

  private static LogCommand.Step repeated(LogCommand.Step step, Instant at) {
    Change change = step.change();
    Change later =
        new Change(
            change.key(),
            change.requestId(),
            change.fingerprint(),
            change.expectedVersion(),
            change.nextState(),
            change.reply(),
            change.notices(),
            at);
    return new LogCommand.Step(later, step.outboxLimit(), step.replyMemory());
  }

  private static String oneOther(String text, int at) {
    return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
