package io.hormesis.server;

import io.hormesis.replication.Replica;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one server comes to know the topology: from the register's own member when there is one here,
 * and from others, who send the whole of it to whoever has an older version. On the delivery
 * strand.
 */
final class TopologyExchange {
  private static final Logger LOG = LoggerFactory.getLogger(TopologyExchange.class);

  private final SharedParts parts;
  private final PostOffice post;
  private final Optional<Replica> register;
  private final Consumer<Topology> changed;
  private volatile Topology current;

  /** The version of the register's state that was looked at last. */
  private long seen;

  /**
   * Begins with the topology that the system was founded with.
   *
   * @param register the member of the register on this server
   * @param changed told of each newer topology
   */
  TopologyExchange(
      SharedParts parts,
      PostOffice post,
      Topology founded,
      Optional<Replica> register,
      Consumer<Topology> changed) {
    this.parts = parts;
    this.post = post;
    this.register = register;
    this.changed = changed;
    this.current = founded;
  }

  /** The newest one that is known here. From any thread. */
  Topology current() {
    return current;
  }

  /** Looks whether the register has decided a newer one. */
  void look() {
    register
        .map(it -> it.applied(Register.KEY))
        .filter(it -> it.version() > seen)
        .ifPresent(it -> {
          seen = it.version();
          it.state().map(this::decoded).ifPresent(this::learned);
        });
  }

  /** Another server has sent a topology. From any thread. */
  void heard(byte[] body) {
    Topology topology = decoded(body);
    parts.strand().execute(() -> learned(topology));
  }

  /** Takes a topology if it is newer. */
  void learned(Topology topology) {
    if (topology.version() > current.version()) {
      LOG.info("topology {}: {}", topology.version(), topology.names());
      // Who has left must hear of it, too.
      Set<String> concerned = new TreeSet<>(current.names());
      concerned.addAll(topology.names());
      current = topology;
      changed.accept(topology);
      concerned.forEach(this::tell);
    }
  }

  /** Another server knows this version. */
  void knows(String server, long version) {
    if (version < current.version()) {
      tell(server);
    }
  }

  private void tell(String server) {
    if (!server.equals(parts.server())) {
      post.send(server, Frame.Kind.TOPOLOGY, parts.codec().encode(current));
    }
  }

  private Topology decoded(byte[] body) {
    return (Topology) parts.codec().decode(body, Topology.class);
  }
}
