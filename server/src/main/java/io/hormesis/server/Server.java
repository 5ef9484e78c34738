package io.hormesis.server;

import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallTracker;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.WireCodec;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.engine.placement.Placement;
import io.hormesis.engine.placement.Plan;
import io.hormesis.engine.placement.Site;
import io.hormesis.engine.port.Strand;
import io.hormesis.process.Application;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.GroupLimits;
import io.hormesis.replication.GroupPlan;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Replicas;
import io.hormesis.replication.ReplicasListener;
import io.hormesis.replication.ReplicasSettings;
import io.hormesis.replication.Role;
import io.hormesis.replication.StateChecksum;
import io.hormesis.replication.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server of a system: the processes that placement gives it, the way of a message in and out,
 * its members of the replicated groups, and what it knows of the other servers. It has no thread,
 * socket or file of its own: the five {@link ServerPorts} are all that it meets the world through.
 *
 * <p>The way of a message: {@link Delivery} (deadline, route, retry) → carrier → {@link #receive} →
 * {@link Instance} (mailbox, worker, supervisor) → {@link StatelessHandler} or {@link
 * StatefulHandler} (contract, worker, contract, log) → carrier → {@link Delivery}. Everything but
 * workers and groups runs on one strand.
 *
 * <p>Thread-safe.
 */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration GOSSIP_PERIOD = Duration.ofMillis(250);

  private final ServerSettings settings;
  private final ServerPorts ports;
  private final ServerListener listener;
  private final SeededBugs bugs;
  private final Plan plan;
  private final Strand strand;
  private final PlainCodec codec = new PlainCodec();
  private final WireCodec wireCodec = new WireCodec();
  private final Delivery delivery;
  private final Replicas replicas;
  private final Map<Target, Host> hosts = new HashMap<>();
  private final Map<GroupId, NoticeOutbox> outboxes = new HashMap<>();
  private final Health health;
  private final Membership membership;
  private final GossipCodec gossipCodec;
  private final StatusPage page;
  private volatile boolean assembled;
  private volatile boolean closed;

  /**
   * Starts a server; it is ready some time after {@link #doorsAreOpen}.
   *
   * @param pid process id of this incarnation
   * @throws IllegalArgumentException when application and servers do not fit each other
   */
  public Server(
      ServerSettings settings,
      Application application,
      long pid,
      ServerPorts ports,
      ServerListener listener) {
    this(settings, application, pid, ports, listener, SeededBugs.NONE);
  }

  /**
   * Starts a server that is not quite a real one. For tests only.
   *
   * @param bugs what is otherwise
   */
  public Server(
      ServerSettings settings,
      Application application,
      long pid,
      ServerPorts ports,
      ServerListener listener,
      SeededBugs bugs) {
    this.bugs = bugs;
    this.settings = settings;
    this.ports = ports;
    this.listener = listener;
    this.plan = Placement.of(application, sites(settings));
    this.strand = ports.strands().open("delivery");
    MessageRegistry registry = new MessageRegistry(application);
    RecordedVocabulary.keep(ports.disk(), codec, registry);
    this.delivery = openDelivery(registry);
    List<String> names = settings.servers().stream().map(ServerAddress::name).toList();
    this.membership = new Membership(names, millis());
    this.gossipCodec = new GossipCodec(codec, names);
    this.page = new StatusPage(settings, application, plan);
    this.health = new Health(settings.server(), pid);
    this.replicas = openReplicas();
    new InstanceFactory(
            application,
            plan,
            settings.server(),
            ports,
            strand,
            codec,
            registry,
            delivery,
            listener)
        .host(replicas, hosts, outboxes);
    assembled = true;
    strand.execute(this::announceForEver);
  }

  /** Gets requests of this application answered. */
  public Asker asker() {
    return delivery;
  }

  /** The doors for callers are open: from now on the server may become ready. */
  public void doorsAreOpen() {
    strand.execute(() -> {
      health.doorsAreOpen();
      announce();
    });
  }

  /** A frame that another server handed to its carrier; what is malformed is dropped. */
  public void receive(byte[] bytes) {
    if (closed) {
      return;
    }
    try {
      Frame frame = Frame.decode(bytes);
      switch (frame.kind()) {
        case MESSAGE -> receive(wireCodec.decode(frame.body()));
        case REPLICATION -> replicas.receive(frame.from(), frame.body());
        case GOSSIP -> heard(gossipCodec.decode(frame.from(), frame.body()));
      }
    } catch (RuntimeException malformed) {
      LOG.warn("dropped a frame of {} bytes: {}", bytes.length, malformed.toString());
    }
  }

  /** Evidence that the process of another server ended: it is routed around, and replaced. */
  public void processEnded(String server, long pid) {
    strand.execute(() -> {
      if (membership.ended(server, pid) == Membership.Transition.GONE) {
        LOG.info("{} ({}) ended", server, pid);
        delivery.gone(server);
        replicas.processEnded(server);
      }
    });
  }

  /** A connection to another server stands. */
  public void connected(String server, long pid) {
    strand.execute(() -> act(membership.connected(server, pid), server));
  }

  /** The whole system, as this server knows it. */
  public CompletableFuture<SystemStatus> status() {
    CompletableFuture<SystemStatus> status = new CompletableFuture<>();
    strand.execute(() -> status.complete(page.of(membership, millis())));
    return status;
  }

  /**
   * The state of each member on this server, by its partition's name, to be compared with others.
   */
  public SortedMap<String, StateChecksum> checksums() {
    SortedMap<String, StateChecksum> checksums = new TreeMap<>();
    for (ReplicaStatus status : replicas.statuses()) {
      checksums.put(status.group().toString(), replicas.group(status.group()).checksum());
    }
    return checksums;
  }

  /** How much waits for each of its instances. On the delivery strand only. */
  public List<MailboxFill> mailboxes() {
    return hosts.values().stream()
        .filter(Instance.class::isInstance)
        .map(it -> ((Instance) it).fill())
        .toList();
  }

  /** This server's own state: {@code ready}, or why not. */
  public Health.State state() {
    return health.state();
  }

  @Override
  public void close() {
    closed = true;
    replicas.close();
  }

  private Delivery openDelivery(MessageRegistry registry) {
    return new Delivery(
        settings.server(),
        strand,
        ports.clock(),
        new CallTracker(settings.server(), plan.hosts(), bugs.delivery()),
        ports.random().nextLong() >>> 2,
        registry,
        codec,
        length -> drawn(ports.random(), length),
        this::carry);
  }

  private Replicas openReplicas() {
    List<GroupPlan> groups = new ArrayList<>();
    plan.hosts()
        .forEach((place, servers) ->
            place
                .partition()
                .ifPresent(number ->
                    groups.add(new GroupPlan(new GroupId(place.process(), number), servers))));
    groups.sort((one, other) -> one.id().toString().compareTo(other.id().toString()));
    return Replicas.openWith(
        new ReplicasSettings(
            settings.system(),
            settings.server(),
            groups,
            Timing.USUAL.withEvidenceElects(settings.evidenceElects()),
            GroupLimits.USUAL),
        // Its name is that of the server's own ports.
        new io.hormesis.replication.ReplicasPorts(
            ports.disk(),
            ports.strands(),
            ports.clock(),
            ports.random(),
            (server, body) -> send(server, Frame.Kind.REPLICATION, body)),
        new GroupListener(),
        bugs.record());
  }

  private void receive(WireMessage wireMessage) {
    switch (wireMessage) {
      case WireMessage.Outbound(var envelope) -> strand.execute(() -> hosted(envelope));
      case WireMessage.Inbound inbound -> delivery.responded(inbound);
    }
  }

  private void hosted(Envelope envelope) {
    Host host = hosts.getOrDefault(envelope.to(), InstanceFactory.NOT_HERE);
    host.receive(
        envelope,
        response -> carry(envelope.asker(), inbound(envelope, settings.server(), response)));
  }

  private static WireMessage.Inbound inbound(Envelope envelope, String from, Response response) {
    return new WireMessage.Inbound(envelope.call(), from, response);
  }

  /** Takes a parcel to a server, this one included. */
  private void carry(String server, WireMessage wireMessage) {
    if (wireMessage instanceof WireMessage.Outbound(var envelope)
        && bugs.farSide()
            .takes(envelope, it -> delivery.responded(inbound(envelope, server, it)))) {
      return;
    }
    if (server.equals(settings.server())) {
      listener.stays(wireMessage);
      receive(wireMessage);
    } else {
      send(server, Frame.Kind.MESSAGE, wireCodec.encode(wireMessage));
    }
  }

  private void send(String server, Frame.Kind kind, byte[] body) {
    if (!closed) {
      ports
          .carrier()
          .send(server, kind.priority(), new Frame(kind, settings.server(), body).encode());
    }
  }

  private void heard(StatusGossip gossip) {
    strand.execute(() -> {
      act(membership.heard(gossip, millis()), gossip.server());
      if (!membership.believes(gossip)) {
        return;
      }
      for (StatusGossip.Lead lead : gossip.leads()) {
        delivery.leads(Target.of(lead.process(), lead.partition()), gossip.server(), lead.term());
      }
    });
  }

  private void act(Membership.Transition news, String server) {
    switch (news) {
      case BACK -> delivery.back(server);
      case GONE -> delivery.gone(server);
      case NOTHING -> {}
    }
  }

  private void announceForEver() {
    if (!closed) {
      strand.schedule(GOSSIP_PERIOD, this::announceForEver);
      announce();
      membership.fallenSilent(millis()).forEach(delivery::silent);
    }
  }

  /** Tells all servers, this one included, how it stands here. */
  private void announce() {
    if (!assembled) {
      return; // a member may tell of itself before the constructor is done
    }
    if (health.consider(replicas.statuses())) {
      listener.state(health.state().name(), health.state().reason());
    }
    StatusGossip gossip = health.gossip();
    byte[] body = gossipCodec.encode(gossip);
    for (ServerAddress server : settings.servers()) {
      if (server.name().equals(settings.server())) {
        heard(gossip);
      } else {
        send(server.name(), Frame.Kind.GOSSIP, body);
      }
    }
  }

  private long millis() {
    return ports.clock().nanos() / 1_000_000;
  }

  private static List<Site> sites(ServerSettings settings) {
    return settings.servers().stream().map(it -> new Site(it.name(), it.region())).toList();
  }

  private static String drawn(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(Character.forDigit(random.nextInt(36), 36));
    }
    return text.toString();
  }

  /** News of this server's own members, from the strands of their groups. */
  private final class GroupListener implements ReplicasListener {
    @Override
    public void changed(ReplicaStatus status) {
      listener.changed(status);
      strand.execute(() -> {
        announce();
        if (status.role() == Role.LEADER) {
          fill(status.group());
        }
      });
    }

    @Override
    public void outboxFilled(GroupId group) {
      strand.execute(() -> fill(group));
    }

    private void fill(GroupId group) {
      NoticeOutbox outbox = outboxes.get(group);
      if (outbox != null) {
        outbox.filled();
      }
    }

    @Override
    public void storeFailed(Throwable cause) {
      listener.failed(cause);
    }
  }
}
