package io.hormesis.trial;

import static io.hormesis.trial.Samples.read;
import static io.hormesis.trial.Samples.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeClient;
import io.hormesis.edge.EdgeReply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WitnessTest {
  private static final long MILLI = 1_000_000;
  private static final long DEADLINE = 2_000 * MILLI;
  private static final Sent WRITTEN = new Sent("key", Samples.write("desk", "k"), 0, 0);

  private final Books books = new Books();
  private final Witness witness =
      new Witness(new TownLoad(), DEADLINE, books, new Faults(), _ -> {});

  @Test
  void aReplyThatComesTooLateIsAFailureButWhatItPromisesHolds() {
    witness.sent(WRITTEN);
    witness.replied(WRITTEN, accepted("r1"), DEADLINE + MILLI);
    assertThat(witness.tally().requests()).isEqualTo(new Report.Requests(1, 0, 0, 0, 1, 1));
    assertThat(books.writes().acknowledged()).isEqualTo(1);
    assertThat(witness.failures().getFirst())
        .isEqualTo("POST /desk at 0 ms: 201 after 2001 ms from http://127.0.0.1:1: r1");
  }

  @Test
  void aFailureIsCountedWithItsWholeDeadline() {
    witness.sent(WRITTEN);
    witness.replied(WRITTEN, reply(503), MILLI);
    assertThat(witness.tally().latency().max()).isGreaterThan(1_999);
    assertThat(witness.tally().requests().refused()).isEqualTo(1);
    assertThat(books.writes().unknown()).isZero();
  }

  @Test
  void aWriteWithoutReplyIsUnknown() {
    witness.sent(WRITTEN);
    witness.silent(WRITTEN, DEADLINE, new IllegalStateException("broke off"));
    assertThat(witness.tally().requests()).isEqualTo(new Report.Requests(1, 0, 0, 0, 1, 1));
    assertThat(books.writes().unknown()).isEqualTo(1);
  }

  @Test
  void aWriteThatReachedNoDoorIsCertainlyNotDone() throws Exception {
    try (var closed = EdgeClient.of(List.of(URI.create("http://127.0.0.1:1")), new Random(1))) {
      var pending = closed.send(WRITTEN.call().keyed("key"), Duration.ofSeconds(30));
      Throwable refused = pending.handle((_, failure) -> failure).get();
      witness.sent(WRITTEN);
      witness.silent(WRITTEN, DEADLINE, refused);
    }
    assertThat(witness.tally().requests()).isEqualTo(new Report.Requests(1, 0, 0, 0, 0, 1));
    assertThat(books.writes().unknown()).isZero();
  }

  @Test
  void whatAWarmUpWritesIsInTheBooksButNotCounted() {
    witness.rehearsed("warm", WRITTEN.call());
    assertThat(witness.heard("warm", WRITTEN.call(), accepted("r1")))
        .hasValue(new Meaning.Accepted("r1"));
    assertThat(books.any(new Random(1)).orElseThrow().receipt()).isEqualTo("r1");
    assertThat(books.writes().acknowledged()).isZero();
    assertThat(witness.tally().requests().sent()).isZero();
  }

  @Test
  void aRequestOfUnknownPartitionIsPlacedLater() {
    witness.sent(WRITTEN);
    witness.silent(WRITTEN, DEADLINE, new IllegalStateException("broke off"));
    var other = new Sent("", read("desk", "x", false), 0, 0);
    witness.sent(other);
    witness.replied(other, reply(200, "Hormesis-Partition", "desk/2"), 2_500 * MILLI);
    assertThat(witness.gaps().longestMillis(9_000 * MILLI)).containsEntry("desk/2", 2_500L);

    assertThat(witness.unplaced()).hasSize(1);
    Sent failed = witness.unplaced().getFirst();
    witness.placed(failed, Optional.of(reply(200, "hormesis-partition", "desk/1")));
    assertThat(witness.gaps().longestMillis(9_000 * MILLI)).containsEntry("desk/1", 9_000L);
  }

  @Test
  void aRequestWhosePartitionNobodyKnowsCountsForItsProcess() {
    witness.unsent(WRITTEN);
    witness.placed(witness.unplaced().getFirst(), Optional.empty());
    assertThat(witness.gaps().longestMillis(100 * MILLI)).containsEntry("desk", 100L);
    assertThat(witness.failures().getFirst())
        .isEqualTo("POST /desk at 0 ms: never sent: too many requests were under way");
  }

  @Test
  void aDefaultReplyEndsNoGap() {
    var call = new Sent("", read("guide", "x", true), 0, 0);
    witness.sent(call);
    witness.replied(call, reply(200, "Hormesis-Default-Reply", "Who"), MILLI);
    assertThat(witness.tally().requests()).isEqualTo(new Report.Requests(1, 0, 1, 0, 0, 0));
    assertThat(witness.gaps().longestMillis(700 * MILLI)).containsEntry("guide", 700L);
  }

  @Test
  void aLoadThatStumblesOverAReplyDoesNotUnderstandIt() {
    Workload stumbling =
        new TownLoad() {
          @Override
          public Meaning meaning(Call call, EdgeReply reply) {
            throw new IllegalStateException("stumbled");
          }
        };
    var clumsy = new Witness(stumbling, DEADLINE, books, new Faults(), _ -> {});
    clumsy.sent(WRITTEN);
    clumsy.replied(WRITTEN, accepted("r1"), MILLI);
    assertThat(clumsy.tally().requests().failed()).isEqualTo(1);
    assertThat(books.writes().unknown()).isEqualTo(1);
  }

  private static EdgeReply accepted(String receipt) {
    return new EdgeReply(201, Map.of(), receipt, URI.create("http://127.0.0.1:1"));
  }
}
