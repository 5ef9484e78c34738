package io.hormesis.cluster;

import io.hormesis.edge.Credential;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.process.Application;
import io.hormesis.server.ApplicationLoader;
import io.hormesis.server.HttpEndpoints;
import io.hormesis.server.KeeperCommand;
import io.hormesis.server.NoticedSignals;
import io.hormesis.server.Server;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerListener;
import io.hormesis.server.ServerPorts;
import io.hormesis.server.ServerSettings;
import io.hormesis.server.Signal;
import io.hormesis.server.Topology;
import io.hormesis.storage.InFlightFile;
import io.hormesis.storage.InFlightRequest;
import io.hormesis.storage.LocalDisk;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server on this machine: the real ports, filled and opened in their order. */
final class RunningServer {
  private static final Logger LOG = LoggerFactory.getLogger(RunningServer.class);
  private static final int STORE_FAILED = 4;

  /** Drawn from by many threads, each its own. */
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private final Server server;
  private final Link link;
  private final HttpEndpoints doors;
  private final LocalDisk disk;

  private RunningServer(Server server, Link link, HttpEndpoints doors, LocalDisk disk) {
    this.server = server;
    this.link = link;
    this.doors = doors;
    this.disk = disk;
  }

  /**
   * Starts a server.
   *
   * @throws IOException when a port is in use or the store cannot be opened; the message is for
   *     people
   */
  static RunningServer start(ServerSettings settings, Consumer<ServerEvent> keeper)
      throws IOException {
    refuseBeyondLoopback(settings.self());
    Application application = application(settings.application());
    long pid = ProcessHandle.current().pid();
    LocalDisk disk = LocalDisk.open(settings.data());
    Link link = Link.open(settings.system(), settings.self(), settings.incarnation());
    countRepeatedEvents(link);
    ServerPorts ports =
        new ServerPorts(
            link,
            new SystemClock(),
            new LoopStrands(link.loop()),
            new VirtualWorkers(),
            RANDOM,
            disk);
    InFlightFile inFlight = InFlightFile.open(settings.data());
    Server server = new Server(settings, application, pid, ports, listener(keeper, inFlight, link));
    link.start(settings.servers(), (_, frame) -> server.receive(frame), observer(server));
    // One for the whole system: it lies beside the folders of its servers.
    Credential credential =
        Credential.in(settings.data().toAbsolutePath().resolve("..").normalize());
    HttpEndpoints doors = HttpEndpoints.open(settings.self(), server, credential, RANDOM);
    keeper.accept(new ServerEvent.Started(pid));
    server.doorsAreOpen();
    return new RunningServer(server, link, doors, disk);
  }

  /** The keeper saw another server's process end. */
  void processEnded(KeeperCommand.ProcessEnded ended) {
    server.processEnded(ended.server(), ended.incarnation());
  }

  /** The keeper says why another server is down. */
  void serverDown(KeeperCommand.ServerDown down) {
    server.serverDown(down.server(), down.reason());
  }

  /** Stops in order. */
  void stop() {
    try {
      doors.close();
      server.close();
      link.close();
      disk.close();
    } catch (IOException failure) {
      LOG.warn("not all of it stopped in order: {}", failure.toString());
    }
  }

  private static ServerListener listener(
      Consumer<ServerEvent> keeper, InFlightFile inFlight, Link link) {
    NoticedSignals noticed = new NoticedSignals();
    return new ServerListener() {
      @Override
      public Runnable begins(String process, String message, Envelope envelope) {
        return inFlight.begin(
            new InFlightRequest(
                process,
                message,
                envelope.trace().traceId(),
                envelope.requestId(),
                System.currentTimeMillis()));
      }

      @Override
      public boolean followsRequests() {
        return false;
      }

      @Override
      public void take(Signal signal) {
        noticed.of(signal).ifPresent(keeper);
        if (signal instanceof Signal.TopologyChanged(Topology topology)) {
          link.follow(topology.addresses());
        }
      }

      @Override
      public void failed(Throwable cause) {
        LOG.error("the store failed: this server ends at once", cause);
        Runtime.getRuntime().halt(STORE_FAILED);
      }
    };
  }

  /** A flood from outside is a few lines in the log, and their number. */
  private static void countRepeatedEvents(Link link) {
    RepeatedEvents repeated = RepeatedEvents.install();
    var _ =
        link.loop()
            .scheduleWithFixedDelay(
                repeated::tell,
                RepeatedEvents.WINDOW_NANOS,
                RepeatedEvents.WINDOW_NANOS,
                TimeUnit.NANOSECONDS);
  }

  private static LinkListener observer(Server server) {
    return new LinkListener() {
      @Override
      public void connected(String name, long incarnation) {
        server.connected(name, incarnation);
      }

      @Override
      public void ended(String name, long incarnation) {
        server.processEnded(name, incarnation);
      }
    };
  }

  /** Loads the application from its jars, in a class loader of its own. */
  private static Application application(List<Path> jars) {
    ApplicationLoader loader = ApplicationLoader.of(jars);
    return ApplicationLoader.within(
        loader,
        () ->
            ServiceLoader.load(Application.Source.class, loader)
                .findFirst()
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "jars %s must name an application in META-INF/services, but do not: build them again"
                            .formatted(jars)))
                .application());
  }

  private static void refuseBeyondLoopback(ServerAddress self) throws IOException {
    if (!InetAddress.getByName(self.host()).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "host of server %s must be a loopback address until there is TLS, but was %s: use 127.0.0.1"
              .formatted(self.name(), self.host()));
    }
  }
}
