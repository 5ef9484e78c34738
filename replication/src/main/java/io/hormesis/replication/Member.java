package io.hormesis.replication;

import io.hormesis.engine.cbor.Malformed;
import io.hormesis.engine.port.Strand;
import io.hormesis.storage.DamagedFile;
import io.microraft.RaftRole;
import io.microraft.model.message.RaftMessage;
import io.microraft.report.RaftNodeReport;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of one group, from the birth of the group on. Everything that changes it happens on
 * the group's strand; only what is applied, and the last status, may be read from anywhere.
 */
final class Member implements Replica {

  private static final Logger LOG = LoggerFactory.getLogger(Member.class);

  private final MemberConfig setting;
  private final GroupId id;
  private final Strand strand;
  private final ReplicasListener listener;
  private final Consumer<Throwable> storeFailed;
  private final GroupBootstrap bootstrap;
  private final AtomicInteger waitingFrames = new AtomicInteger();

  private volatile @Nullable ActiveMember running;
  private volatile ReplicatedState state = new ReplicatedState();
  private volatile ReplicaStatus status;

  /**
   * Makes a member; {@link #open} reads its disk.
   *
   * @param storeFailed is told of the first error of the store
   */
  Member(
      MemberConfig setting,
      Strand strand,
      ReplicasListener listener,
      Consumer<Throwable> storeFailed,
      Supplier<String> newBirthId) {
    this.setting = setting;
    this.id = setting.plan().id();
    this.strand = strand;
    this.listener = listener;
    this.storeFailed = storeFailed;
    GroupBootstrap.Callbacks callbacks =
        new GroupBootstrap.Callbacks(
            this::born, why -> told(starting(why)), this::out, storeFailed);
    this.bootstrap = new GroupBootstrap(setting, strand, newBirthId, callbacks);
    this.status = starting("opening the store of " + id);
  }

  /** Reads the disk, before anything runs. A damaged store puts this member out. */
  void open() throws IOException {
    try {
      Optional<BootstrapState.Group> group = bootstrap.open();
      if (group.isPresent()) {
        running = run(group.get());
      }
    } catch (DamagedFile e) {
      out("store of %s on %s: %s".formatted(id, setting.server(), e.getMessage()));
    } catch (Malformed e) {
      out("store of %s on %s: damaged: %s".formatted(id, setting.server(), e.getMessage()));
    }
  }

  private void born(BootstrapState.Group group) throws IOException {
    ActiveMember alive = run(group);
    running = alive;
    alive.start();
  }

  private ActiveMember run(BootstrapState.Group group) throws IOException {
    GroupStore store = GroupStore.open(setting, storeFailed);
    try {
      if (store.journal().head().filter(head -> head.birth().equals(group.id())).isEmpty()) {
        throw new CorruptStore("its journal is lost or of another birth");
      }
      ActiveMember.Callbacks callbacks =
          new ActiveMember.Callbacks(this::reported, fresh -> state = fresh, this::applied);
      return new ActiveMember(setting, strand, group.id(), store, callbacks);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Starts the node when the group exists, else its bootstrap. */
  void start() {
    onStrand(() -> {
      ActiveMember born = running;
      if (born != null) {
        born.start();
      } else {
        bootstrap.tick();
      }
    });
  }

  private void onStrand(Runnable task) {
    strand.execute(() -> {
      if (!setting.stopped().yes()) {
        task.run();
      }
    });
  }

  private void out(String reason) {
    LOG.warn("{}", reason);
    told(
        new ReplicaStatus(
            id, Role.FAULTED, Optional.empty(), 0, 0, 0, setting.plan().servers(), reason));
  }

  private ReplicaStatus starting(String reason) {
    return new ReplicaStatus(
        id, Role.STARTING, Optional.empty(), 0, 0, 0, setting.plan().servers(), reason);
  }

  private void told(ReplicaStatus next) {
    ReplicaStatus before = status;
    status = next;
    if (!InSync.sameToOthers(before, next)) {
      listener.changed(next);
    }
  }

  private void reported(RaftNodeReport report) {
    ActiveMember now = running;
    if (now != null) {
      told(InSync.status(setting, now, report));
    }
  }

  private void applied(LogCommand command) {
    boolean mayFill =
        switch (command) {
          case LogCommand.Step step -> !step.change().notices().isEmpty();
          case LogCommand.NewTerm _ -> true;
          case LogCommand.Delivered _ -> false;
        };
    ActiveMember now = running;
    if (!mayFill || now == null || now.node().state().role() != RaftRole.LEADER) {
      return;
    }
    if (state.undelivered() > 0) {
      listener.outboxFilled(id);
    }
  }

  /**
   * Takes an envelope from another server; decoding happens on the caller's thread.
   *
   * @throws Malformed when it is not what it should be
   */
  void receive(String from, RaftEnvelope envelope) {
    Runnable task =
        switch (envelope.kind()) {
          case BIRTH -> {
            BootstrapState.BootstrapMessage hello = BootstrapCodec.decode(envelope.payload());
            require(hello.self(), from);
            yield () -> bootstrap.hello(from, hello);
          }
          case RAFT -> {
            RaftMessage message = MessageCodec.decode(id.toString(), envelope.payload());
            require(RaftCodec.endpoint(message.getSender()), from);
            yield () -> raft(from, envelope.birth(), message);
          }
        };
    if (waitingFrames.incrementAndGet() > setting.limits().inboxFrames()) {
      waitingFrames.decrementAndGet();
      return;
    }
    strand.execute(() -> {
      waitingFrames.decrementAndGet();
      if (!setting.stopped().yes()) {
        task.run();
      }
    });
  }

  private static void require(Endpoint sender, String from) {
    if (!sender.server().equals(from)) {
      throw new Malformed("%s speaks for %s".formatted(from, sender));
    }
  }

  private void raft(String from, String born, RaftMessage message) {
    ActiveMember now = running;
    if (now != null && now.birth().equals(born)) {
      now.receive(from, message);
    }
  }

  void processEnded(String server) {
    onStrand(() -> {
      ActiveMember now = running;
      if (now != null) {
        now.processEnded(server);
      }
    });
  }

  @Override
  public CompletableFuture<Committed> commit(Change change) {
    EncodedCommand operation =
        EncodedCommand.of(
            new LogCommand.Step(change, setting.limits().outbox(), setting.limits().replyMemory()));
    if (operation.bytes().length > setting.limits().entryBytes()) {
      throw new IllegalArgumentException(
          "a change of %s: %d bytes encoded, at most %d: keep less state under one key"
              .formatted(id, operation.bytes().length, setting.limits().entryBytes()));
    }
    return call((now, answer) -> now.replicate(operation, Committed.class, answer));
  }

  @Override
  public CompletableFuture<KeyState> read(String key) {
    return call((now, answer) -> now.read(key, answer));
  }

  @Override
  public CompletableFuture<Void> delivered(List<Long> numbers) {
    EncodedCommand operation = EncodedCommand.of(new LogCommand.Delivered(numbers));
    return this.<Object>call((now, answer) -> now.replicate(operation, Object.class, answer))
        .thenAccept(_ -> {});
  }

  @Override
  public CompletableFuture<Void> transferLeadership(String server) {
    return call((now, answer) -> now.transferLeadership(Optional.of(server), answer));
  }

  /** Transfers leadership to whoever lacks the least; fails when this member does not lead. */
  CompletableFuture<Void> handOver() {
    return call((now, answer) -> now.transferLeadership(Optional.empty(), answer));
  }

  /** Something to ask of a running member. */
  private interface Call<T> {
    void make(ActiveMember running, CompletableFuture<T> answer);
  }

  private <T> CompletableFuture<T> call(Call<T> call) {
    ActiveMember now = running;
    if (now == null || setting.stopped().yes()) {
      return CompletableFuture.failedFuture(notRunning());
    }
    if (now.waiting() > 2 * setting.limits().uncommitted()) {
      return CompletableFuture.failedFuture(
          new NotCommitted(NotCommitted.Kind.BUSY, status.leader(), id + ": too many wait"));
    }
    CompletableFuture<T> answer = new CompletableFuture<>();
    strand.execute(() -> {
      if (setting.stopped().yes()) {
        answer.completeExceptionally(notRunning());
      } else {
        call.make(now, answer);
      }
    });
    return answer;
  }

  private NotCommitted notRunning() {
    boolean starts = status.role() == Role.STARTING && !setting.stopped().yes();
    NotCommitted.Kind kind = starts ? NotCommitted.Kind.BUSY : NotCommitted.Kind.FAULTED;
    String reason = status.degraded().isEmpty() ? id + ": stopped" : status.degraded();
    return new NotCommitted(kind, Optional.empty(), reason);
  }

  @Override
  public KeyState applied(String key) {
    return state.applied(key);
  }

  @Override
  public Optional<Committed> remembered(
      String key, String requestId, byte[] fingerprint, Instant now) {
    return state.remembered(key, requestId, fingerprint, now, setting.limits().replyMemory());
  }

  @Override
  public List<Undelivered> outbox(long after, int limit) {
    return state.outbox(after, limit);
  }

  @Override
  public double outboxFill() {
    return (double) state.undelivered() / setting.limits().outbox();
  }

  @Override
  public StateChecksum checksum() {
    return state.checksum();
  }

  @Override
  public ReplicaStatus status() {
    return status;
  }

  /** Ends the member; everything must have been told to stop before. */
  void close(String reason) {
    strand.execute(() -> {
      ActiveMember now = running;
      if (now != null) {
        now.close(reason);
      }
    });
  }
}
