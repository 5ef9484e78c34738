package io.hormesis.server;

import io.hormesis.edge.EdgeList;
import io.hormesis.edge.Front;
import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.MessageRegistry;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.engine.placement.Plan;
import io.hormesis.engine.port.Strand;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.Peers;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.GroupLimits;
import io.hormesis.replication.GroupPlan;
import io.hormesis.replication.Replica;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Replicas;
import io.hormesis.replication.ReplicasListener;
import io.hormesis.replication.ReplicasPorts;
import io.hormesis.replication.ReplicasSettings;
import io.hormesis.replication.Role;
import io.hormesis.replication.StateChecksum;
import io.hormesis.replication.Timing;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One server of a system: puts its parts together, and no more. The way of a message is in {@link
 * Pipeline}; what servers tell each other in {@link StatusExchange}; what is hosted here in {@link
 * Hosts}. It has no thread, socket or file of its own: the five {@link ServerPorts} are all that it
 * meets the world through.
 *
 * <p>Thread-safe.
 */
public final class Server implements AutoCloseable {
  private final ServerSettings settings;
  private final ServerListener listener;
  private final Application application;
  private final SharedParts parts;
  private final PostOffice post;
  private final Delivery delivery;
  private final Replicas replicas;
  private final Hosts hosts;
  private final TopologyExchange topologies;
  private volatile EdgeList edges = EdgeList.NONE;
  private final StatusExchange exchange;
  private boolean draining;
  private volatile boolean assembled;

  /**
   * Starts a server; it is ready some time after {@link #doorsAreOpen}.
   *
   * @param pid its process id, for people
   * @throws IllegalArgumentException when application and servers do not fit each other
   */
  public Server(
      ServerSettings settings,
      Application application,
      long pid,
      ServerPorts ports,
      ServerListener listener) {
    this(settings, application, pid, ports, listener, List.of());
  }

  /**
   * Starts a server with guards of its caller's own on the way out.
   *
   * @param injected what takes each attempt before its carrier does
   */
  public Server(
      ServerSettings settings,
      Application served,
      long pid,
      ServerPorts ports,
      ServerListener listener,
      List<OutgoingGuard> injected) {
    this.settings = settings;
    this.listener = listener;
    Topology founded = Topology.founded(settings.founders());
    Plan plan = founded.plan(served);
    this.application = Register.beside(served, founded);
    MessageRegistry registry = new MessageRegistry(application);
    Strand strand = ports.strands().open("delivery");
    PlainCodec codec = new PlainCodec();
    this.parts = new SharedParts(settings.server(), ports, strand, codec, registry, listener);
    this.post = new PostOffice(parts);
    this.delivery = openDelivery(Pipeline.outgoing(injected, post::carry));
    new ManifestFile(ports.disk(), codec)
        .keep(ManifestReader.read(application, this::peers), registry);
    this.replicas = openReplicas(plan);
    this.hosts = new Hosts(new InstanceFactory(application, parts, replicas, delivery));
    this.topologies = new TopologyExchange(parts, post, founded, registerHere(plan), this::changed);
    StatusPage page = new StatusPage(settings, application);
    Health health = new Health(settings.server(), pid, settings.incarnation());
    this.exchange = new StatusExchange(parts, topologies, health, page, post, replicas, delivery);
    hosts.placed(plan, settings.server());
    post.open(new Inbox(Pipeline.incoming()));
    assembled = true;
    strand.execute(() -> {
      delivery.placed(plan.hosts());
      exchange.begin();
    });
  }

  /** There are other servers now, or what runs where is another. On the delivery strand. */
  private void changed(Topology topology) {
    Plan plan = topology.plan(application);
    exchange.placed(topology);
    hosts.placed(plan, settings.server());
    delivery.placed(plan.hosts());
    boolean drains = topology.draining().contains(settings.server());
    if (drains && !draining) {
      var _ = replicas.handOver();
    }
    draining = drains;
    listener.take(new Signal.TopologyChanged(topology));
  }

  /** Which servers there are, and what is asked of the register to change it. */
  public SystemChanges changes() {
    return new SystemChanges(delivery, parts, topologies);
  }

  /**
   * The front of this server: what its edge puts behind a listener, and the simulation calls.
   *
   * @param random for trace ids; need not be thread-safe, but must not be used elsewhere then
   */
  public Front front(RandomGenerator random) {
    return front(asker(), random);
  }

  /**
   * The same front before another asker.
   *
   * @param asker what stands before this server's own
   */
  public Front front(Asker asker, RandomGenerator random) {
    return new Front(
        application, asker, random, new EdgeAdmission(parts.ports().clock()), this::edges);
  }

  /** Version 0 stands for no list at all. */
  private EdgeList edges() {
    Topology topology = topologies.current();
    EdgeList known = edges;
    if (known.version() != topology.version() + 1) {
      known =
          new EdgeList(topology.version() + 1, topology.edges().stream().map(URI::create).toList());
      edges = known;
    }
    return known;
  }

  /** Gets requests of this application answered. */
  public Asker asker() {
    return delivery;
  }

  /** The doors for callers are open: from now on the server may become ready. */
  public void doorsAreOpen() {
    parts.strand().execute(exchange::doorsAreOpen);
  }

  /** A frame that another server handed to its carrier; what is malformed is dropped. */
  public void receive(byte[] bytes) {
    post.receive(bytes);
  }

  /** The keeper says why another server is down: the status shows it. From any thread. */
  public void serverDown(String server, String reason) {
    exchange.serverDown(server, reason);
  }

  /** Evidence that the process of another server ended: it is routed around, and replaced. */
  public void processEnded(String server, long incarnation) {
    parts.strand().execute(() -> exchange.processEnded(server, incarnation));
  }

  /** A connection to another server stands. */
  public void connected(String server, long incarnation) {
    parts.strand().execute(() -> exchange.connected(server, incarnation));
  }

  /** The whole system, as this server knows it. */
  public CompletableFuture<SystemStatus> status() {
    return exchange.status();
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
    return hosts.all().stream().map(Instance::fill).toList();
  }

  /** This server's own state: {@code ready}, or why not. */
  public Health.State state() {
    return exchange.state();
  }

  /**
   * Transfers the leadership of what this server leads to others, before it is stopped or drained.
   * Ends normally, after a second at most while its strands run; requests are served meanwhile.
   */
  public CompletableFuture<Void> handOver() {
    return replicas.handOver();
  }

  @Override
  public void close() {
    post.close();
    replicas.close();
  }

  private Delivery openDelivery(Consumer<OutgoingMessage> outgoing) {
    RandomGenerator random = parts.ports().random();
    return new Delivery(
        parts,
        new Addressing(parts.registry(), parts.codec(), length -> drawn(random, length)),
        random.nextLong() >>> 2,
        outgoing);
  }

  private Optional<Replica> registerHere(Plan plan) {
    return plan.targetsOf(settings.server()).contains(Register.TARGET)
        ? Optional.of(replicas.group(GroupId.of(Register.TARGET)))
        : Optional.empty();
  }

  private Peers peers(Declaration<?> process) {
    return new DeclaredPeers(
        process,
        ask -> delivery.ask(process.name(), ask),
        parts.ports().workers(),
        parts.ports().random());
  }

  private Replicas openReplicas(Plan plan) {
    List<GroupPlan> groups = new ArrayList<>();
    plan.hosts()
        .forEach((target, servers) -> {
          if (target.partition().isPresent()) {
            groups.add(new GroupPlan(GroupId.of(target), servers));
          }
        });
    groups.sort(Comparator.comparing(it -> it.id().toString()));
    ServerPorts ports = parts.ports();
    return Replicas.open(
        new ReplicasSettings(
            settings.system(),
            settings.server(),
            groups,
            Timing.USUAL.withEvidenceElects(settings.evidenceElects()),
            GroupLimits.USUAL),
        new ReplicasPorts(
            ports.disk(),
            ports.strands(),
            ports.clock(),
            ports.random(),
            (server, body) -> post.send(server, Frame.Kind.REPLICATION, body)),
        new GroupListener());
  }

  private static String drawn(RandomGenerator random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(Character.forDigit(random.nextInt(36), 36));
    }
    return text.toString();
  }

  /** Takes what the post office has for this server. */
  private final class Inbox implements PostOffice.Receivers {
    private final Consumer<IncomingMessage> incoming;

    Inbox(Consumer<IncomingMessage> incoming) {
      this.incoming = incoming;
    }

    @Override
    public void message(Envelope envelope, Consumer<CallResult<byte[]>> respond) {
      hosts
          .find(envelope.to())
          .ifPresentOrElse(
              it -> incoming.accept(new IncomingMessage(envelope, it, respond)),
              () ->
                  respond.accept(
                      new CallResult.Refused<>(
                          "", CallResult.Cause.NOT_HERE, envelope.to() + " is not here")));
    }

    @Override
    public void result(WireMessage.Inbound inbound) {
      delivery.responded(inbound);
    }

    @Override
    public void replication(String from, byte[] body) {
      replicas.receive(from, body);
    }

    @Override
    public void gossip(String from, byte[] body) {
      exchange.heard(from, body);
    }

    @Override
    public void topology(byte[] body) {
      topologies.heard(body);
    }
  }

  /** News of this server's own members, from the strands of their groups. */
  private final class GroupListener implements ReplicasListener {
    @Override
    public void changed(ReplicaStatus status) {
      listener.take(new Signal.MemberChanged(status));
      parts
          .strand()
          .execute(() -> {
            if (assembled) { // a member may tell of itself before the constructor is done
              exchange.tell();
              if (status.role() == Role.LEADER) {
                hosts.outboxFilled(status.group());
              }
            }
          });
    }

    @Override
    public void outboxFilled(GroupId group) {
      parts.strand().execute(() -> hosts.outboxFilled(group));
    }

    @Override
    public void storeFailed(Throwable cause) {
      listener.failed(cause);
    }
  }
}
