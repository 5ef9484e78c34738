package io.hormesis.replication;

import io.hormesis.storage.Checkpoint;
import io.microraft.impl.statemachine.InternalCommitAware;
import io.microraft.statemachine.StateMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A group's record as MicroRaft's state machine. What cannot be applied, written or read stops the
 * server: MicroRaft would log it and go on, and the members would differ. On the strand only.
 */
final class GroupMachine implements StateMachine, InternalCommitAware {

  /** Reads a key through MicroRaft's query. */
  record ReadKey(String key) {}

  private final ReplicatedState state;
  private final GroupStore store;
  private final int chunkBytes;
  private final Consumer<LogCommand> applied;

  /**
   * Makes the state machine of one node.
   *
   * @param applied is told each command after it was applied
   */
  GroupMachine(
      ReplicatedState state, GroupStore store, int chunkBytes, Consumer<LogCommand> applied) {
    this.state = state;
    this.store = store;
    this.chunkBytes = chunkBytes;
    this.applied = applied;
  }

  ReplicatedState state() {
    return state;
  }

  @Override
  public Object runOperation(long commitIndex, Object operation) {
    return switch (operation) {
      case EncodedCommand committed -> apply(commitIndex, committed);
      case ReadKey read -> state.applied(read.key());
      default -> throw new IllegalArgumentException("no operation of ours: " + operation);
    };
  }

  private Object apply(long index, EncodedCommand operation) {
    List<Object> answer = new ArrayList<>(1);
    guarded(() -> {
      LogCommand command = LogCommand.decode(operation.bytes());
      answer.add(state.apply(index, command));
      applied.accept(command);
    });
    return answer.getFirst();
  }

  /** An entry that is MicroRaft's own, a change of the members, was applied. */
  @Override
  public void onInternalCommit(long commitIndex) {
    state.passed(commitIndex);
  }

  @Override
  public void takeSnapshot(long commitIndex, Consumer<Object> chunks) {
    guarded(() -> {
      List<byte[]> parts = StateItem.pack(state.items(), chunkBytes);
      Checkpoint checkpoint = store.checkpoints().write(commitIndex, parts);
      checkpoint.parts().forEach(part -> chunks.accept(new SnapshotPart(part)));
    });
  }

  @Override
  public void installSnapshot(long commitIndex, List<Object> chunks) {
    guarded(() -> {
      List<StateItem> items = new ArrayList<>();
      for (Object chunk : chunks) {
        SnapshotPart part = (SnapshotPart) chunk;
        items.addAll(StateItem.unpack(part.read(store.checkpoints())));
      }
      state.replaceBy(commitIndex, items);
    });
  }

  private void guarded(GroupStore.Action action) {
    try {
      store.guarded(action);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public Object getNewTermOperation() {
    return EncodedCommand.of(new LogCommand.NewTerm());
  }
}
