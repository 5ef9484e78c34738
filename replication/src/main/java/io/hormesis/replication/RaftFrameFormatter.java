package io.hormesis.replication;

import io.hormesis.engine.cbor.Malformed;
import io.microraft.model.log.LogEntry;
import io.microraft.model.message.AppendEntriesFailureResponse;
import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.AppendEntriesSuccessResponse;
import io.microraft.model.message.InstallSnapshotRequest;
import io.microraft.model.message.InstallSnapshotResponse;
import io.microraft.model.message.PreVoteRequest;
import io.microraft.model.message.PreVoteResponse;
import io.microraft.model.message.RaftMessage;
import io.microraft.model.message.TriggerLeaderElectionRequest;
import io.microraft.model.message.VoteRequest;
import io.microraft.model.message.VoteResponse;
import java.util.List;
import java.util.stream.Collectors;

/** What is in a frame between the members of groups, as text for a person. */
public final class RaftFrameFormatter {
  private static final int ENTRIES_SHOWN = 3;

  private RaftFrameFormatter() {}

  /** A text for each message in a frame; one that says so when the frame is malformed. */
  public static List<String> of(byte[] frame) {
    try {
      return RaftEnvelope.unframe(frame).stream().map(RaftFrameFormatter::of).toList();
    } catch (Malformed malformed) {
      return List.of("a malformed frame (%s)".formatted(malformed.getMessage()));
    }
  }

  private static String of(RaftEnvelope envelope) {
    String what =
        switch (envelope.kind()) {
          case BIRTH -> birth(BootstrapCodec.decode(envelope.payload()));
          case RAFT -> of(MessageCodec.decode(envelope.group(), envelope.payload()));
        };
    return envelope.group() + " " + what;
  }

  private static String birth(BootstrapState.BootstrapMessage hello) {
    return "Hello from %s (%s)".formatted(hello.self(), hello.stage());
  }

  private static String of(RaftMessage message) {
    return switch (message) {
      case AppendEntriesRequest it -> text("AppendEntries", it, append(it));
      case AppendEntriesSuccessResponse it ->
          text("Appended", it, "has entries up to " + it.getLastLogIndex());
      case AppendEntriesFailureResponse it ->
          text("NotAppended", it, "lacks entries from " + it.getExpectedNextIndex());
      case VoteRequest it -> text("Vote", it, log(it.getLastLogIndex(), it.getLastLogTerm()));
      case VoteResponse it -> text("Voted", it, granted(it.isGranted()));
      case PreVoteRequest it -> text("PreVote", it, log(it.getLastLogIndex(), it.getLastLogTerm()));
      case PreVoteResponse it -> text("PreVoted", it, granted(it.isGranted()));
      case InstallSnapshotRequest it -> text("InstallSnapshot", it, install(it));
      case InstallSnapshotResponse it ->
          text("Installing", it, "wants part %d".formatted(it.getRequestedSnapshotChunkIndex()));
      case TriggerLeaderElectionRequest it ->
          text("StandForElection", it, log(it.getLastLogIndex(), it.getLastLogTerm()));
      default -> message.toString();
    };
  }

  private static String text(String name, RaftMessage message, String what) {
    return "%s term %d %s".formatted(name, message.getTerm(), what);
  }

  private static String append(AppendEntriesRequest request) {
    return "from %d (%s), committed %d"
        .formatted(
            request.getPreviousLogIndex() + 1,
            entries(request.getLogEntries()),
            request.getCommitIndex());
  }

  private static String entries(List<LogEntry> entries) {
    String shown =
        entries.stream()
            .limit(ENTRIES_SHOWN)
            .map(it -> operation(it.getOperation()))
            .collect(Collectors.joining(", "));
    return switch (entries.size()) {
      case 0 -> "no entries";
      case 1 -> "1 entry: " + shown;
      default ->
          "%d entries: %s%s"
              .formatted(entries.size(), shown, entries.size() > ENTRIES_SHOWN ? ", …" : "");
    };
  }

  private static String operation(Object operation) {
    if (!(operation instanceof EncodedCommand ours)) {
      return "change of members";
    }
    return switch (LogCommand.decode(ours.bytes())) {
      case LogCommand.Step(Change change, _, _) ->
          "step of %s by %s".formatted(change.key(), change.requestId());
      case LogCommand.Delivered(List<Long> numbers) -> "delivered " + numbers;
      case LogCommand.NewTerm _ -> "new term";
    };
  }

  private static String install(InstallSnapshotRequest request) {
    return "up to %d in %d parts"
        .formatted(request.getSnapshotIndex(), request.getTotalSnapshotChunkCount());
  }

  private static String log(long index, int term) {
    return "with a log up to %d of term %d".formatted(index, term);
  }

  private static String granted(boolean yes) {
    return yes ? "granted" : "denied";
  }
}
