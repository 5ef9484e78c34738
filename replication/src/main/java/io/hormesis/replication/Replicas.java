package io.hormesis.replication;

import java.util.List;
import java.util.Set;

/** All members of groups on one server. Thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class Replicas implements AutoCloseable {

  private Replicas() {}

  /** Opens the members of a server and starts them. */
  public static Replicas open(ReplicasSettings settings, Ports ports, ReplicasListener listener) {
    return openWith(settings, ports, listener, Set.of());
  }

  /** Opens them with errors built in. For tests only. */
  public static Replicas openWith(
      ReplicasSettings settings, Ports ports, ReplicasListener listener, Set<Mutation> mutations) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** The member of this server; an {@code IllegalArgumentException} when it hosts none. */
  public Replica group(GroupId id) {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Takes a frame that another server's Replicas handed to {@link Outgoing}. */
  public void receive(String fromServer, byte[] frame) {}

  /** Evidence: this server's process is dead. */
  public void processEnded(String server) {}

  public List<ReplicaStatus> statuses() {
    return List.of();
  }

  @Override
  public void close() {}
}
