package io.hormesis.replication;

import static io.hormesis.replication.Bench.A;
import static io.hormesis.replication.Bench.B;
import static io.hormesis.replication.Bench.C;
import static io.hormesis.replication.RaftCodec.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.cbor.CborWriter;
import io.hormesis.engine.cbor.Malformed;
import io.hormesis.storage.FlatFileStore;
import io.microraft.MembershipChangeMode;
import io.microraft.RaftEndpoint;
import io.microraft.model.log.LogEntry;
import io.microraft.model.log.SnapshotChunk;
import io.microraft.model.message.RaftMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {

  private static final Object GROUP = "tax-desk/0";

  private static FlatFileStore noStore() {
    try {
      return FlatFileStore.open(new MemoryDisk(), "s");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<RaftMessage> messages() {
    List<LogEntry> entries = new ArrayList<>(Bench.entries(8, 9, 3));
    List<RaftEndpoint> two = List.of(A, B);
    entries.add(
        MODEL
            .createLogEntryBuilder()
            .setIndex(10)
            .setTerm(3)
            .setOperation(
                MODEL
                    .createUpdateRaftGroupMembersOpBuilder()
                    .setMembers(two)
                    .setVotingMembers(List.of(A))
                    .setEndpoint(C)
                    .setMode(MembershipChangeMode.REMOVE_MEMBER)
                    .build())
            .build());
    return Stream.of(
        Bench.append(A, 4, 7, 2, entries, 6),
        Bench.append(A, 4, 0, 0, List.of(), 0),
        MODEL
            .createAppendEntriesSuccessResponseBuilder()
            .setGroupId(GROUP)
            .setSender(B)
            .setTerm(3)
            .setLastLogIndex(Long.MAX_VALUE)
            .setQuerySequenceNumber(5)
            .setFlowControlSequenceNumber(6)
            .build(),
        MODEL
            .createAppendEntriesFailureResponseBuilder()
            .setGroupId(GROUP)
            .setSender(B)
            .setTerm(Integer.MAX_VALUE)
            .setExpectedNextIndex(12)
            .setQuerySequenceNumber(5)
            .setFlowControlSequenceNumber(6)
            .build(),
        Bench.vote(C, 9, 8, 7),
        MODEL
            .createVoteResponseBuilder()
            .setGroupId(GROUP)
            .setSender(A)
            .setTerm(1)
            .setGranted(true)
            .build(),
        MODEL
            .createPreVoteRequestBuilder()
            .setGroupId(GROUP)
            .setSender(A)
            .setTerm(1)
            .setLastLogIndex(4)
            .setLastLogTerm(1)
            .build(),
        MODEL
            .createPreVoteResponseBuilder()
            .setGroupId(GROUP)
            .setSender(A)
            .setTerm(1)
            .setGranted(false)
            .build(),
        Bench.install(A, 2, 20, 1, -1, 3),
        Bench.install(A, 2, 20, 1, 0, 3),
        MODEL
            .createInstallSnapshotResponseBuilder()
            .setGroupId(GROUP)
            .setSender(B)
            .setTerm(3)
            .setSnapshotIndex(20)
            .setRequestedSnapshotChunkIndex(2)
            .setQuerySequenceNumber(5)
            .setFlowControlSequenceNumber(6)
            .build(),
        MODEL
            .createTriggerLeaderElectionRequestBuilder()
            .setGroupId(GROUP)
            .setSender(A)
            .setTerm(1)
            .setLastLogIndex(4)
            .setLastLogTerm(1)
            .build());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void messagesSurviveTheirJourney(RaftMessage message) throws IOException {
    byte[] bytes = MessageCodec.encode(message, noStore());
    RaftMessage read = MessageCodec.decode(message.getGroupId(), bytes);
    assertThat(read.getClass()).isEqualTo(message.getClass());
    assertThat(MessageCodec.encode(read, noStore())).isEqualTo(bytes);
    assertThat(withoutIdentities(read)).isEqualTo(withoutIdentities(message));
  }

  /** MicroRaft's own words about a message, without the addresses of our objects. */
  private static String withoutIdentities(RaftMessage message) {
    return message.toString().replaceAll("@[0-9a-f]+", "");
  }

  @ParameterizedTest
  @MethodSource("messages")
  void cutMessagesAreRefused(RaftMessage message) throws IOException {
    byte[] bytes = MessageCodec.encode(message, noStore());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> MessageCodec.decode(GROUP, cut))
          .as("%d bytes", length)
          .isInstanceOf(Malformed.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> MessageCodec.decode(GROUP, longer)).isInstanceOf(Malformed.class);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void garbledMessagesAreReadOrRefusedButNeverBreakAnything(RaftMessage message)
      throws IOException {
    byte[] bytes = MessageCodec.encode(message, noStore());
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      byte[] garbled = bytes.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        garbled[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(MessageCodec.decode(GROUP, garbled)).isNotNull();
      } catch (Malformed e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void unknownTypesAreRefused() {
    byte[] unknown = CborWriter.write(out -> out.array(3).number(77).text("a1#a").number(1).end());
    assertThatThrownBy(() -> MessageCodec.decode(GROUP, unknown))
        .hasMessage("no message has the type 77");
    byte[] command = CborWriter.write(out -> out.array(2).number(1).number(9).end());
    assertThatThrownBy(() -> LogCommand.decode(command)).hasMessage("no command has the type 9");
    byte[] newer = CborWriter.write(out -> out.array(2).number(3).number(3).end());
    assertThatThrownBy(() -> LogCommand.decode(newer))
        .hasMessage("command of version 3, known is 2");
  }

  @Test
  void aCommandOfTheFirstVersionIsRead() {
    byte[] old =
        HexFormat.of()
            .parseHex(
                "8d01016c6b6a656b732dc3a6c3b8c3a563722d3142010207410341048185656f7468657224656f746865724106636e2d311a6b06338b1901c818641a00015180");

    LogCommand.Step step = (LogCommand.Step) LogCommand.decode(old);

    assertThat(step.change().key()).isEqualTo("kjeks-æøå");
    assertThat(step.change().notices())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new OutgoingNotice("other", -5, "other", new byte[] {6}, "n-1", new byte[0]));
    assertThat(step.replyMemory()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void aCheckpointOfTheFirstVersionIsRead() {
    byte[] old =
        HexFormat.of()
            .parseHex("8500011a6b06338b1901c80983040985656f7468657224656f746865724106636e2d31");

    assertThat(StateItem.unpack(old))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new StateItem.Head(Instant.parse("2026-11-25T01:02:03.000000456Z"), 9),
            new StateItem.Waiting(
                9, new OutgoingNotice("other", -5, "other", new byte[] {6}, "n-1", new byte[0])));
  }

  @Test
  void chunkThatIsOutOfItsSnapshotIsRefused() throws IOException {
    RaftMessage request = Bench.install(A, 2, 20, 1, 0, 3);
    byte[] right = MessageCodec.encode(request, noStore());
    byte[] wrong = right.clone();
    int at = indexOf(right, new byte[] {20, 3, 0}); // snapshot's index, count, number
    wrong[at + 2] = 3;
    assertThatThrownBy(() -> MessageCodec.decode(GROUP, wrong)).hasMessage("chunk 3 of 3");
  }

  private static int indexOf(byte[] bytes, byte[] piece) {
    for (int at = 0; at + piece.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + piece.length, piece, 0, piece.length)) {
        return at;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void entriesMustFollowEachOther() throws IOException {
    List<LogEntry> gap = List.of(Bench.entry(8, 1), Bench.entry(10, 1));
    byte[] bytes = MessageCodec.encode(Bench.append(A, 4, 7, 2, gap, 6), noStore());
    assertThatThrownBy(() -> MessageCodec.decode(GROUP, bytes))
        .hasMessage("entries do not follow each other");
  }

  @Test
  void chunkIsReadFromItsCheckpointWhenItIsSent() throws IOException {
    FlatFileStore store = noStore();
    var checkpoint = store.write(20, List.of("zero".getBytes(UTF_8), "one".getBytes(UTF_8)));
    SnapshotPart pointer = new SnapshotPart(checkpoint.parts().get(1));
    SnapshotChunk chunk = RaftCodec.chunk(20, 1, 1, 2, pointer, Bench.members());
    var request =
        MODEL
            .createInstallSnapshotRequestBuilder()
            .setGroupId(GROUP)
            .setSender(A)
            .setTerm(1)
            .setSenderLeader(true)
            .setSnapshotIndex(20)
            .setSnapshotTerm(1)
            .setTotalSnapshotChunkCount(2)
            .setSnapshotChunk(chunk)
            .setSnapshottedMembers(List.of(A))
            .setGroupMembersView(Bench.members())
            .build();
    byte[] bytes = MessageCodec.encode(request, store);
    var read =
        (io.microraft.model.message.InstallSnapshotRequest) MessageCodec.decode(GROUP, bytes);
    SnapshotPart part =
        (SnapshotPart) java.util.Objects.requireNonNull(read.getSnapshotChunk()).getOperation();
    assertThat(part.read(store)).isEqualTo("one".getBytes(UTF_8));
    store.deleteBelow(21);
    assertThatThrownBy(() -> MessageCodec.encode(request, store)).isInstanceOf(IOException.class);
  }

  static Stream<LogCommand> commands() {
    Change full =
        new Change(
            "kjeks-æøå",
            "r-1",
            new byte[] {1, 2},
            7,
            Optional.of(new byte[] {3}),
            new byte[] {4},
            List.of(
                new OutgoingNotice("other", -5, "other", new byte[] {6}, "n-1", new byte[] {7})),
            Instant.parse("2026-11-25T01:02:03.000000456Z"));
    Change least =
        new Change("", "", new byte[0], 0, Optional.empty(), new byte[0], List.of(), Instant.EPOCH);
    return Stream.of(
        new LogCommand.Step(full, 100, Duration.ofHours(24)),
        new LogCommand.Step(least, 1, Duration.ZERO),
        new LogCommand.Delivered(List.of(1L, Long.MAX_VALUE)),
        new LogCommand.Delivered(List.of()),
        new LogCommand.NewTerm());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsSurviveTheLog(LogCommand command) {
    byte[] bytes = command.encode();
    LogCommand read = LogCommand.decode(bytes);
    assertThat(read).usingRecursiveComparison().isEqualTo(command);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> LogCommand.decode(cut)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void framesCarryEnvelopesOfSeveralGroups() {
    RaftEnvelope one = new RaftEnvelope(World.GROUP, RaftEnvelope.Kind.RAFT, "id", new byte[] {1});
    RaftEnvelope two =
        new RaftEnvelope(new GroupId("archive", 2), RaftEnvelope.Kind.BIRTH, "", new byte[] {2});
    byte[] frame = RaftEnvelope.frame(List.of(one, two));
    assertThat(RaftEnvelope.unframe(frame))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(one, two);
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThatThrownBy(() -> RaftEnvelope.unframe(cut)).isInstanceOf(Malformed.class);
    }
  }

  @Test
  void frameOfAnotherVersionIsRefused() {
    byte[] frame = CborWriter.write(out -> out.array(1).number(2).end());
    assertThatThrownBy(() -> RaftEnvelope.unframe(frame))
        .hasMessage("frame of version 2, known is 1");
  }

  @Test
  void hugeLengthsAreRefusedWithoutBeingAllocated() {
    byte[] claim = {(byte) 0x9b, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1};
    assertThatThrownBy(() -> RaftEnvelope.unframe(claim)).isInstanceOf(Malformed.class);
    byte[] text = {(byte) 0x82, 1, 0x5b, 0, 0, 0, 0, 0x7f, -1, -1, -1, 1};
    assertThatThrownBy(() -> RaftEnvelope.unframe(text)).isInstanceOf(Malformed.class);
  }

  @Test
  void namesOfMembersAreChecked() {
    assertThat(new Endpoint("a1#0f").server()).isEqualTo("a1");
    for (String wrong : List.of("a1", "#0f", "a1#", "x".repeat(300) + "#1")) {
      assertThatThrownBy(() -> new Endpoint(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be server#incarnation");
    }
  }
}
