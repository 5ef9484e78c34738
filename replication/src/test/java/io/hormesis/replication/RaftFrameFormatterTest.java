package io.hormesis.replication;

import static io.hormesis.replication.Bench.A;
import static io.hormesis.replication.Bench.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.storage.FlatFileStore;
import io.microraft.model.message.RaftMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RaftFrameFormatterTest {
  private static final GroupId GROUP = new GroupId("tax-desk", 0);

  @Test
  void entriesAndVotesAreReadWithTheirTermAndPlace() throws IOException {
    byte[] frame =
        RaftEnvelope.frame(
            List.of(
                raft(Bench.append(A, 4, 7, 2, Bench.entries(8, 9, 3), 6)),
                raft(Bench.append(A, 4, 7, 2, List.of(), 7)),
                raft(Bench.vote(C, 9, 8, 7))));
    assertThat(RaftFrameFormatter.of(frame))
        .containsExactly(
            "tax-desk/0 AppendEntries term 4 from 8 (2 entries: new term, new term), committed 6",
            "tax-desk/0 AppendEntries term 4 from 8 (no entries), committed 7",
            "tax-desk/0 Vote term 9 with a log up to 8 of term 7");
  }

  @Test
  void everyMessageHasAText() throws IOException {
    for (RaftMessage message : CodecTest.messages().toList()) {
      assertThat(RaftFrameFormatter.of(RaftEnvelope.frame(List.of(raft(message)))).getFirst())
          .matches("tax-desk/0 [A-Za-z]+ term \\d+ .+")
          .doesNotContain("Default");
    }
  }

  @Test
  void theBirthOfAGroupIsRead() {
    byte[] hello =
        BootstrapCodec.encode(
            new BootstrapState.BootstrapMessage(BootstrapState.Stage.STORED, A, Optional.empty()));
    RaftEnvelope envelope = new RaftEnvelope(GROUP, RaftEnvelope.Kind.BIRTH, "", hello);
    assertThat(RaftFrameFormatter.of(RaftEnvelope.frame(List.of(envelope))))
        .containsExactly("tax-desk/0 Hello from a1#a (STORED)");
  }

  @Test
  void aFrameThatIsNoneIsSaidToBeMalformed() {
    assertThat(RaftFrameFormatter.of(new byte[] {1}).getFirst()).startsWith("a malformed frame (");
  }

  private static RaftEnvelope raft(RaftMessage message) throws IOException {
    byte[] payload = MessageCodec.encode(message, FlatFileStore.open(new MemoryDisk(), "s"));
    return new RaftEnvelope(GROUP, RaftEnvelope.Kind.RAFT, "birth", payload);
  }
}
