package io.hormesis.server;

import io.hormesis.engine.delivery.Asker;
import io.hormesis.engine.delivery.Calls;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.Parcel;
import io.hormesis.engine.delivery.ParcelCodec;
import io.hormesis.engine.delivery.Place;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.Response;
import io.hormesis.engine.delivery.Vocabulary;
import io.hormesis.engine.placement.Placement;
import io.hormesis.engine.placement.Plan;
import io.hormesis.engine.placement.Site;
import io.hormesis.engine.port.Strand;
import io.hormesis.process.Application;
import io.hormesis.replication.GroupId;
import io.hormesis.replication.GroupPlan;
import io.hormesis.replication.Limits;
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
 * socket or file of its own: the five {@link Ports} are all that it meets the world through.
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
  private static final Duration ANNOUNCEMENT_PERIOD = Duration.ofMillis(250);

  private final ServerSettings settings;
  private final Ports ports;
  private final ServerListener listener;
  private final Tampering tampering;
  private final Plan plan;
  private final Strand strand;
  private final PlainCodec codec = new PlainCodec();
  private final ParcelCodec parcels = new ParcelCodec();
  private final Delivery delivery;
  private final Replicas replicas;
  private final Map<Place, Host> hosts = new HashMap<>();
  private final Map<GroupId, Outbox> outboxes = new HashMap<>();
  private final Standing standing;
  private final Census census;
  private final Announcements announcements;
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
      Ports ports,
      ServerListener listener) {
    this(settings, application, pid, ports, listener, Tampering.NONE);
  }

  /**
   * Starts a server that is not quite a real one. For tests only.
   *
   * @param tampering what is otherwise
   */
  public Server(
      ServerSettings settings,
      Application application,
      long pid,
      Ports ports,
      ServerListener listener,
      Tampering tampering) {
    this.tampering = tampering;
    this.settings = settings;
    this.ports = ports;
    this.listener = listener;
    this.plan = Placement.of(application, sites(settings));
    this.strand = ports.strands().open("delivery");
    Vocabulary vocabulary = new Vocabulary(application);
    RecordedVocabulary.keep(ports.disk(), codec, vocabulary);
    this.delivery = openDelivery(vocabulary);
    List<String> names = settings.servers().stream().map(ServerAddress::name).toList();
    this.census = new Census(names, millis());
    this.announcements = new Announcements(codec, names);
    this.page = new StatusPage(settings, application, plan);
    this.standing = new Standing(settings.server(), pid);
    this.replicas = openReplicas();
    new Hosting(
            application,
            plan,
            settings.server(),
            ports,
            strand,
            codec,
            vocabulary,
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
      standing.doorsAreOpen();
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
        case PARCEL -> receive(parcels.decode(frame.body()));
        case REPLICATION -> replicas.receive(frame.from(), frame.body());
        case ANNOUNCEMENT -> heard(announcements.decode(frame.from(), frame.body()));
      }
    } catch (RuntimeException malformed) {
      LOG.warn("dropped a frame of {} bytes: {}", bytes.length, malformed.toString());
    }
  }

  /** Evidence that the process of another server ended: it is routed around, and replaced. */
  public void processEnded(String server, long pid) {
    strand.execute(() -> {
      if (census.ended(server, pid) == Census.News.GONE) {
        LOG.info("{} ({}) ended", server, pid);
        delivery.gone(server);
        replicas.processEnded(server);
      }
    });
  }

  /** A connection to another server stands. */
  public void connected(String server, long pid) {
    strand.execute(() -> act(census.connected(server, pid), server));
  }

  /** The whole system, as this server knows it. */
  public CompletableFuture<SystemStatus> status() {
    CompletableFuture<SystemStatus> status = new CompletableFuture<>();
    strand.execute(() -> status.complete(page.of(census, millis())));
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
  public Standing.State state() {
    return standing.state();
  }

  @Override
  public void close() {
    closed = true;
    replicas.close();
  }

  private Delivery openDelivery(Vocabulary vocabulary) {
    return new Delivery(
        settings.server(),
        strand,
        ports.clock(),
        new Calls(settings.server(), plan.hosts(), tampering.delivery()),
        ports.random().nextLong() >>> 2,
        vocabulary,
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
            Limits.USUAL),
        // Its name is that of the server's own ports.
        new io.hormesis.replication.Ports(
            ports.disk(),
            ports.strands(),
            ports.clock(),
            ports.random(),
            (server, body) -> send(server, Frame.Kind.REPLICATION, body)),
        new GroupListener(),
        tampering.record());
  }

  private void receive(Parcel parcel) {
    switch (parcel) {
      case Parcel.Outbound(var envelope) -> strand.execute(() -> hosted(envelope));
      case Parcel.Inbound inbound -> delivery.responded(inbound);
    }
  }

  private void hosted(Envelope envelope) {
    Host host = hosts.getOrDefault(envelope.to(), Hosting.NOT_HERE);
    host.receive(
        envelope,
        response -> carry(envelope.asker(), inbound(envelope, settings.server(), response)));
  }

  private static Parcel.Inbound inbound(Envelope envelope, String from, Response response) {
    return new Parcel.Inbound(envelope.call(), from, response);
  }

  /** Takes a parcel to a server, this one included. */
  private void carry(String server, Parcel parcel) {
    if (parcel instanceof Parcel.Outbound(var envelope)
        && tampering
            .farSide()
            .takes(envelope, it -> delivery.responded(inbound(envelope, server, it)))) {
      return;
    }
    if (server.equals(settings.server())) {
      listener.stays(parcel);
      receive(parcel);
    } else {
      send(server, Frame.Kind.PARCEL, parcels.encode(parcel));
    }
  }

  private void send(String server, Frame.Kind kind, byte[] body) {
    if (!closed) {
      ports.carrier().send(server, new Frame(kind, settings.server(), body).encode());
    }
  }

  private void heard(Announcement announcement) {
    strand.execute(() -> {
      act(census.heard(announcement, millis()), announcement.server());
      if (!census.believes(announcement)) {
        return;
      }
      for (Announcement.Lead lead : announcement.leads()) {
        delivery.leads(
            Place.of(lead.process(), lead.partition()), announcement.server(), lead.term());
      }
    });
  }

  private void act(Census.News news, String server) {
    switch (news) {
      case BACK -> delivery.back(server);
      case GONE -> delivery.gone(server);
      case NOTHING -> {}
    }
  }

  private void announceForEver() {
    if (!closed) {
      strand.schedule(ANNOUNCEMENT_PERIOD, this::announceForEver);
      announce();
      census.fallenSilent(millis()).forEach(delivery::silent);
    }
  }

  /** Tells all servers, this one included, how it stands here. */
  private void announce() {
    if (!assembled) {
      return; // a member may tell of itself before the constructor is done
    }
    if (standing.consider(replicas.statuses())) {
      listener.state(standing.state().name(), standing.state().reason());
    }
    Announcement announcement = standing.announcement();
    byte[] body = announcements.encode(announcement);
    for (ServerAddress server : settings.servers()) {
      if (server.name().equals(settings.server())) {
        heard(announcement);
      } else {
        send(server.name(), Frame.Kind.ANNOUNCEMENT, body);
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
      Outbox outbox = outboxes.get(group);
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
