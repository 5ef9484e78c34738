package io.hormesis.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hormesis.engine.port.Carrier;
import io.hormesis.engine.port.Priority;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pekko under one server: carries its frames and keeps it a member of the cluster.
 *
 * <p>Servers are addressed by path, from our own list: membership is news, never permission. Nobody
 * is downed but an incarnation whose process is known to have ended, by {@link #ended}; without
 * that, no other server could join while it is missing.
 */
final class FrameTransport implements Carrier, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FrameTransport.class);
  private static final String SYSTEM = "hormesis";

  private final ActorSystem system;
  private final Cluster cluster;
  private final Map<String, ActorRef> doors = new HashMap<>();

  private FrameTransport(ActorSystem system) {
    this.system = system;
    this.cluster = Cluster.get(system);
  }

  /**
   * Starts Pekko at the server's carrier port.
   *
   * @param frames takes what arrives, one frame at a time
   * @param up told once, when the cluster knows this server
   */
  static FrameTransport start(ServerSettings settings, Consumer<byte[]> frames, Runnable up) {
    ActorSystem system = ActorSystem.create(SYSTEM, config(settings));
    FrameTransport engine = new FrameTransport(system);
    system.actorOf(FrameReceiver.props(frames), FrameReceiver.NAME);
    system.actorOf(Quarantine.props());
    for (ServerAddress server : settings.servers()) {
      engine.doors.put(server.name(), engine.doorOf(server));
    }
    engine.cluster.registerOnMemberUp(up);
    engine.join(settings);
    return engine;
  }

  /** The id of this incarnation as a member. */
  long memberUid() {
    return cluster.selfMember().uniqueAddress().longUid();
  }

  @Override
  public void send(String server, Priority priority, byte[] frame) {
    ActorRef door = doors.get(server);
    if (door != null) {
      door.tell(new CarriedFrame(frame), ActorRef.noSender());
    }
  }

  /** Proof that an incarnation's process ended: removes it from the members. */
  void ended(ServerAddress server, long memberUid) {
    Address address = address(server);
    for (Member member : cluster.state().getMembers()) {
      boolean sameAddress = member.address().equals(address);
      if (sameAddress && member.uniqueAddress().longUid() == memberUid) {
        LOG.info("down {} ({})", server.name(), memberUid);
        cluster.down(address);
      }
    }
  }

  /** Leaves the members and stops; ends the process with it. */
  CompletionStage<Done> stop() {
    return CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
  }

  @Override
  public void close() {
    system.terminate();
  }

  private ActorRef doorOf(ServerAddress server) {
    return ((ExtendedActorSystem) system)
        .provider()
        .resolveActorRef(address(server) + "/user/" + FrameReceiver.NAME);
  }

  private void join(ServerSettings settings) {
    List<Address> others =
        settings.servers().stream()
            .filter(it -> !it.name().equals(settings.server()))
            .map(FrameTransport::address)
            .toList();
    if (settings.firstSeed()) {
      // Only the very first server may found the cluster, or a second one would arise.
      cluster.join(address(settings.self()));
    } else {
      cluster.joinSeedNodes(others);
    }
  }

  private static Address address(ServerAddress server) {
    return new Address("pekko", SYSTEM, server.host(), server.carrier());
  }

  private static Config config(ServerSettings settings) {
    ServerAddress self = settings.self();
    Map<String, Object> own =
        Map.of(
            "pekko.remote.artery.canonical.hostname", self.host(),
            "pekko.remote.artery.canonical.port", self.carrier());
    return ConfigFactory.parseMap(own)
        .withFallback(ConfigFactory.parseResources(FrameTransport.class, "engine.conf"))
        .withFallback(ConfigFactory.defaultReference(FrameTransport.class.getClassLoader()))
        .resolve();
  }
}
