package io.hormesis.replication;

import io.hormesis.engine.cbor.Malformed;
import io.hormesis.engine.port.Strand;
import io.microraft.RaftNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All members of groups on one server. Thread-safe.
 *
 * <p>Each group has a strand of its own ({@code raft-<group>}); one more gathers what they send. A
 * store that fails stops all of them: nothing is acknowledged after that, and the listener must end
 * the server.
 */
public final class Replicas implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);

  private final Stopped stopped = new Stopped();
  private final Map<GroupId, Member> members = new TreeMap<>();
  private final ReplicasListener listener;
  private final AtomicLong malformed = new AtomicLong();

  private Replicas(ReplicasListener listener) {
    this.listener = listener;
  }

  /**
   * Opens the members of a server and starts them.
   *
   * @throws StoreRefused when the store is another system's, or of a newer format
   * @throws UncheckedIOException when the disk fails
   */
  public static Replicas open(
      ReplicasSettings settings, ReplicasPorts ports, ReplicasListener listener) {
    return open(settings, ports, listener, WorkaroundSwitches.ALL);
  }

  /** Opens them with a choice of workarounds. */
  static Replicas open(
      ReplicasSettings settings,
      ReplicasPorts ports,
      ReplicasListener listener,
      WorkaroundSwitches switches) {
    if (switches.assertionsOff()) {
      turnAssertionsOff(RaftNode.class.getClassLoader());
    }
    Replicas replicas = new Replicas(listener);
    try {
      StoreSeal.check(ports.disk(), settings);
      replicas.openMembers(settings, ports, switches);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "store of %s: %s".formatted(settings.server(), e.getMessage()), e);
    }
    replicas.members.values().forEach(Member::start);
    return replicas;
  }

  /** S5: MicroRaft's assertions would abort the installation of a snapshot half-way. */
  static void turnAssertionsOff(ClassLoader loader) {
    loader.setPackageAssertionStatus("io.microraft", false);
  }

  private void openMembers(
      ReplicasSettings settings, ReplicasPorts ports, WorkaroundSwitches switches)
      throws IOException {
    Strand frames = ports.strands().open("raft-frames");
    FrameBatcher sending = new FrameBatcher(frames, ports.outgoing(), stopped);
    for (GroupPlan plan : settings.groups()) {
      long seed = ports.random().nextLong();
      MemberConfig setting =
          new MemberConfig(
              plan,
              settings.server(),
              settings.timing(),
              settings.limits(),
              ports,
              switches,
              sending,
              stopped,
              seed);
      Strand strand = ports.strands().openBlocking("raft-" + plan.id());
      String birthId = "%016x%016x".formatted(ports.random().nextLong(), seed);
      Member member = new Member(setting, strand, listener, this::storeFailed, () -> birthId);
      member.open();
      members.put(plan.id(), member);
    }
  }

  private void storeFailed(Throwable cause) {
    if (stopped.stop()) {
      LOG.error("a store failed: this server must stop", cause);
      members.values().forEach(member -> member.close("the store failed"));
      listener.storeFailed(cause);
    }
  }

  /** The member of this server; an {@code IllegalArgumentException} when it hosts none. */
  public Replica group(GroupId id) {
    Member member = members.get(id);
    if (member == null) {
      throw new IllegalArgumentException(
          "group %s: this server has no member of it, only of %s".formatted(id, members.keySet()));
    }
    return member;
  }

  /**
   * Takes a frame that another server's Replicas handed to {@link RaftCarrier}. What is malformed,
   * or of a group that is not here, is dropped.
   */
  public void receive(String fromServer, byte[] frame) {
    try {
      for (RaftEnvelope envelope : RaftEnvelope.unframe(frame)) {
        Member member = members.get(envelope.group());
        if (member != null) {
          member.receive(fromServer, envelope);
        }
      }
    } catch (Malformed e) {
      if (malformed.getAndIncrement() == 0) {
        LOG.warn("a frame from {} is malformed: {}", fromServer, e.getMessage());
      }
    }
  }

  /** How many frames were dropped because they were malformed. */
  public long malformedFrames() {
    return malformed.get();
  }

  /** Evidence: this server's process is dead. */
  public void processEnded(String server) {
    members.values().forEach(member -> member.processEnded(server));
  }

  /**
   * Transfers the leadership of all groups that this server leads, before it is stopped or drained.
   * Ends normally, when it leads none any more or after {@link Timing#leaderTimeout}, while the
   * strands of its groups run.
   */
  public CompletableFuture<Void> handOver() {
    return CompletableFuture.allOf(
        members.values().stream()
            .filter(member -> member.status().role() == Role.LEADER)
            .map(member ->
                member
                    .handOver()
                    .exceptionally(failure -> {
                      LOG.info("not handed over: {}", failure.getMessage());
                      return null;
                    }))
            .toArray(CompletableFuture<?>[]::new));
  }

  public List<ReplicaStatus> statuses() {
    return members.values().stream().map(Member::status).toList();
  }

  /** Stops all members; what waits ends as unknown. Stores are left as a crash would leave them. */
  @Override
  public void close() {
    if (stopped.stop()) {
      members.values().forEach(member -> member.close("stopped"));
    }
  }
}
