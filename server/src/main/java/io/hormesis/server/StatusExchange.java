package io.hormesis.server;

import io.hormesis.engine.delivery.Target;
import io.hormesis.replication.Replicas;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What servers tell each other about themselves: sends this server's status to all others four
 * times a second and when it changes, and hears theirs. What follows for routes and groups is done
 * at once. On the delivery strand, but for {@link #heard} and {@link #status}.
 */
final class StatusExchange {
  private static final Logger LOG = LoggerFactory.getLogger(StatusExchange.class);
  private static final Duration PERIOD = Duration.ofMillis(250);

  private final SharedParts parts;
  private final TopologyExchange topologies;
  private final PostOffice post;
  private final Replicas replicas;
  private final Delivery delivery;
  private final StatusPage page;
  private final Health health;
  private final Membership membership;
  private final GossipCodec codec;

  StatusExchange(
      SharedParts parts,
      TopologyExchange topologies,
      Health health,
      StatusPage page,
      PostOffice post,
      Replicas replicas,
      Delivery delivery) {
    this.parts = parts;
    this.topologies = topologies;
    this.page = page;
    this.post = post;
    this.replicas = replicas;
    this.delivery = delivery;
    this.health = health;
    this.membership = new Membership(topologies.current().names(), parts.millis());
    this.codec = new GossipCodec(parts.codec(), topologies.current().names());
  }

  /** Tells the others for ever. */
  void begin() {
    if (!post.isClosed()) {
      parts.strand().schedule(PERIOD, this::begin);
      topologies.look();
      tell();
      membership.fallenSilent(parts.millis()).forEach(this::silent);
    }
  }

  /** This server's own state. From any thread. */
  Health.State state() {
    return health.state();
  }

  void doorsAreOpen() {
    health.doorsAreOpen();
    tell();
  }

  /** Tells all servers, this one included, how it stands here. */
  void tell() {
    Topology topology = topologies.current();
    if (health.consider(replicas.statuses(), topology.find(parts.server()))) {
      parts.signals().take(new Signal.HealthChanged(health.state()));
    }
    StatusGossip gossip = health.gossip(topology.version());
    byte[] body = codec.encode(gossip);
    for (String server : topology.names()) {
      if (server.equals(parts.server())) {
        hear(gossip);
      } else {
        post.send(server, Frame.Kind.GOSSIP, body);
      }
    }
  }

  /** Another server says how it stands. From any thread. */
  void heard(String from, byte[] body) {
    StatusGossip gossip = codec.decode(from, body);
    parts.strand().execute(() -> hear(gossip));
  }

  private void hear(StatusGossip gossip) {
    act(membership.heard(gossip, parts.millis()), gossip.server());
    if (membership.believes(gossip)) {
      topologies.knows(gossip.server(), gossip.topology());
      for (StatusGossip.Lead lead : gossip.leads()) {
        delivery.leads(Target.of(lead.process(), lead.partition()), gossip.server(), lead.term());
      }
    }
  }

  /** There are other servers now. */
  void placed(Topology topology) {
    membership.placed(topology.names(), parts.millis());
    codec.placed(topology.names());
  }

  /** Evidence that the process of another server ended: it is routed around, and replaced. */
  void processEnded(String server, long incarnation) {
    Membership.Transition transition = membership.ended(server, incarnation);
    act(transition, server);
    if (transition == Membership.Transition.GONE) {
      LOG.info("{} ({}) ended", server, Long.toHexString(incarnation));
      replicas.processEnded(server);
    }
  }

  /** A connection to another server stands. */
  void connected(String server, long incarnation) {
    act(membership.connected(server, incarnation), server);
  }

  /** The keeper says why a server is down. From any thread. */
  void serverDown(String server, String reason) {
    page.down(server, reason);
  }

  /** The whole system, as this server knows it. From any thread. */
  CompletableFuture<SystemStatus> status() {
    CompletableFuture<SystemStatus> status = new CompletableFuture<>();
    parts
        .strand()
        .execute(() -> status.complete(page.of(topologies.current(), membership, parts.millis())));
    return status;
  }

  private void silent(String server) {
    delivery.silent(server);
  }

  private void act(Membership.Transition transition, String server) {
    switch (transition) {
      case BACK -> delivery.back(server);
      case GONE -> delivery.gone(server);
      case NOTHING -> {
        return;
      }
    }
    parts.signals().take(new Signal.ServerSeen(server, transition));
  }
}
