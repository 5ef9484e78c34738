package io.hormesis.replication;

import static io.hormesis.replication.Bench.A;
import static io.hormesis.replication.Bench.C;
import static io.hormesis.replication.Bench.append;
import static io.hormesis.replication.Bench.entries;
import static io.hormesis.replication.Bench.preVote;
import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.RaftRole;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import org.junit.jupiter.api.Test;

/** L7: a leader that stepped down because its last follower was slow wants to lead again. */
class ReturningLeaderTest {

  private final Bench bench = Bench.withAllCures();

  /** A follower of A in term 1, with three committed entries, that has heard of it just now. */
  private static void follow(Bench bench) {
    bench.start();
    bench.receive(append(A, 1, 0, 0, entries(1, 3, 1), 3));
    var _ = bench.said();
  }

  private static boolean grants(Bench bench, PreVoteRequest request) {
    return answer(bench, request).isGranted();
  }

  private static PreVoteResponse answer(Bench bench, PreVoteRequest request) {
    bench.receive(request);
    return bench.said(PreVoteResponse.class).orElseThrow();
  }

  @Test
  void itsFollowerGivesItThePreVoteAndThenTheVote() {
    follow(bench);
    PreVoteResponse preVoted = answer(bench, preVote(A, 2, 3, 1));
    assertThat(preVoted.isGranted()).isTrue();
    assertThat(preVoted.getTerm()).isEqualTo(2);
    bench.receive(stickyVote());
    assertThat(bench.said(VoteResponse.class))
        .hasValueSatisfying(response -> assertThat(response.isGranted()).isTrue());
  }

  /** As MicroRaft asks after a pre-vote. */
  private static VoteRequest stickyVote() {
    return RaftCodec.MODEL
        .createVoteRequestBuilder()
        .setGroupId(World.GROUP)
        .setSender(A)
        .setTerm(2)
        .setLastLogIndex(3)
        .setLastLogTerm(1)
        .setSticky(true)
        .build();
  }

  @Test
  void withoutTheCureItIsRefusedAsIfItStillLed() {
    Bench without = Bench.without("leaderMayReturn");
    follow(without);
    assertThat(grants(without, preVote(A, 2, 3, 1))).isFalse();
  }

  @Test
  void nobodyElseMayStandWhileTheLeaderWasHeardOf() {
    follow(bench);
    assertThat(grants(bench, preVote(C, 2, 3, 1))).isFalse();
  }

  @Test
  void aLeaderThatHasLostWhatItsFollowerHasIsRefused() {
    follow(bench);
    assertThat(grants(bench, preVote(A, 2, 2, 1))).isFalse();
  }

  @Test
  void aLeaderThatHasCommittedNothingInItsTermIsRefused() {
    bench.start();
    bench.receive(append(A, 1, 0, 0, entries(1, 3, 1), 0));
    assertThat(grants(bench, preVote(A, 2, 3, 1))).isFalse();
  }

  @Test
  void aPreVoteFromBeforeItLedIsRefused() {
    follow(bench);
    assertThat(grants(bench, preVote(A, 1, 3, 1))).isFalse();
    assertThat(bench.running().node().state().role()).isEqualTo(RaftRole.FOLLOWER);
  }
}
