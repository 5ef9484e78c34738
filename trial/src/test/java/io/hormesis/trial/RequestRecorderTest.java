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

class RequestRecorderTest {
  private static final long MILLI = 1_000_000;
  private static final long DEADLINE = 2_000 * MILLI;
  private static final Sent WRITTEN = new Sent("key", Samples.write("desk", "k"), 0, 0);

  private final TrialBooks books = new TrialBooks();
  private final RequestRecorder recorder =
      new RequestRecorder(new TownLoad(), DEADLINE, books, new Faults(), _ -> {});

  @Test
  void aReplyThatComesTooLateIsAFailureButWhatItPromisesHolds() {
    recorder.sent(WRITTEN);
    recorder.replied(WRITTEN, accepted("r1"), DEADLINE + MILLI);
    assertThat(recorder.tally().requests()).isEqualTo(new Report.Requests(1, 0, 0, 0, 1, 1));
    assertThat(books.writes().acknowledged()).isEqualTo(1);
    assertThat(recorder.failures().getFirst())
        .isEqualTo("POST /desk at 0 ms: 201 after 2001 ms from http://127.0.0.1:1: r1");
  }

  @Test
  void aFailureIsCountedWithItsWholeDeadline() {
    recorder.sent(WRITTEN);
    recorder.replied(WRITTEN, reply(503), MILLI);
    assertThat(recorder.tally().latency().max()).isGreaterThan(1_999);
    assertThat(recorder.tally().requests().refused()).isEqualTo(1);
    assertThat(books.writes().unknown()).isZero();
  }

  @Test
  void aWriteWithoutReplyIsUnknown() {
    recorder.sent(WRITTEN);
    recorder.silent(WRITTEN, DEADLINE, new IllegalStateException("broke off"));
    assertThat(recorder.tally().requests()).isEqualTo(new Report.Requests(1, 0, 0, 0, 1, 1));
    assertThat(books.writes().unknown()).isEqualTo(1);
  }

  @Test
  void aWriteThatReachedNoDoorIsCertainlyNotDone() throws Exception {
    try (var closed = EdgeClient.of(List.of(URI.create("http://127.0.0.1:1")), new Random(1))) {
      var pending = closed.send(WRITTEN.call().keyed("key"), Duration.ofSeconds(30));
      Throwable refused = pending.handle((_, failure) -> failure).get();
      recorder.sent(WRITTEN);
      recorder.silent(WRITTEN, DEADLINE, refused);
    }
    assertThat(recorder.tally().requests()).isEqualTo(new Report.Requests(1, 0, 0, 0, 0, 1));
    assertThat(books.writes().unknown()).isZero();
  }

  @Test
  void whatAWarmUpWritesIsInTheBooksButNotCounted() {
    recorder.rehearsed("warm", WRITTEN.call());
    assertThat(recorder.heard("warm", WRITTEN.call(), accepted("r1")))
        .hasValue(new ReplyMeaning.Accepted("r1"));
    assertThat(books.any(new Random(1)).orElseThrow().receipt()).isEqualTo("r1");
    assertThat(books.writes().acknowledged()).isZero();
    assertThat(recorder.tally().requests().sent()).isZero();
  }

  @Test
  void aRequestOfUnknownPartitionIsPlacedLater() {
    recorder.sent(WRITTEN);
    recorder.silent(WRITTEN, DEADLINE, new IllegalStateException("broke off"));
    var other = new Sent("", read("desk", "x", false), 0, 0);
    recorder.sent(other);
    recorder.replied(other, reply(200, "Hormesis-Partition", "desk/2"), 2_500 * MILLI);
    assertThat(recorder.gaps().longestMillis(9_000 * MILLI)).containsEntry("desk/2", 2_500L);

    assertThat(recorder.unplaced()).hasSize(1);
    Sent failed = recorder.unplaced().getFirst();
    recorder.placed(failed, Optional.of(reply(200, "hormesis-partition", "desk/1")));
    assertThat(recorder.gaps().longestMillis(9_000 * MILLI)).containsEntry("desk/1", 9_000L);
  }

  @Test
  void aRequestWhosePartitionNobodyKnowsCountsForItsProcess() {
    recorder.unsent(WRITTEN);
    recorder.placed(recorder.unplaced().getFirst(), Optional.empty());
    assertThat(recorder.gaps().longestMillis(100 * MILLI)).containsEntry("desk", 100L);
    assertThat(recorder.failures().getFirst())
        .isEqualTo("POST /desk at 0 ms: never sent: too many requests were under way");
  }

  @Test
  void aDefaultReplyEndsNoGap() {
    var call = new Sent("", read("guide", "x", true), 0, 0);
    recorder.sent(call);
    recorder.replied(call, reply(200, "Hormesis-Default-Reply", "Who"), MILLI);
    assertThat(recorder.tally().requests()).isEqualTo(new Report.Requests(1, 0, 1, 0, 0, 0));
    assertThat(recorder.gaps().longestMillis(700 * MILLI)).containsEntry("guide", 700L);
  }

  @Test
  void aLoadThatStumblesOverAReplyDoesNotUnderstandIt() {
    Workload stumbling =
        new TownLoad() {
          @Override
          public ReplyMeaning meaning(TrialCall call, EdgeReply reply) {
            throw new IllegalStateException("stumbled");
          }
        };
    var clumsy = new RequestRecorder(stumbling, DEADLINE, books, new Faults(), _ -> {});
    clumsy.sent(WRITTEN);
    clumsy.replied(WRITTEN, accepted("r1"), MILLI);
    assertThat(clumsy.tally().requests().failed()).isEqualTo(1);
    assertThat(books.writes().unknown()).isEqualTo(1);
  }

  private static EdgeReply accepted(String receipt) {
    return new EdgeReply(201, Map.of(), receipt, URI.create("http://127.0.0.1:1"));
  }
}
