package io.hormesis.simulation.sweep;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.supervision.Failure;
import io.hormesis.server.OutgoingGuard;
import io.hormesis.server.Server;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerListener;
import io.hormesis.server.ServerPorts;
import io.hormesis.server.ServerSettings;
import io.hormesis.server.ServerState;
import io.hormesis.server.Signal;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.EventLog;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.Machine;
import io.hormesis.simulation.SimulatedStrands;
import io.hormesis.simulation.SimulatedWorkers;
import io.hormesis.simulation.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** As many servers as one process needs, in virtual time, without a fault. */
final class SweptSystem implements AutoCloseable {
  private static final long HOP_NANOS = 300_000;
  private static final long STEP_NANOS = 1_000_000;
  private static final Duration READY = Duration.ofSeconds(30);

  private final long seed;
  private final Subject subject;
  private final VirtualTime time;
  private final EventLog log;
  private final OutgoingGuard farSide;
  private final Consumer<Failure> failures;
  private final List<ServerAddress> addresses;
  private final Map<String, SweptServer> servers = new LinkedHashMap<>();

  /**
   * Starts the servers, and lets time go by until they are ready.
   *
   * @param failures told of each failed worker
   */
  SweptSystem(
      long seed,
      Subject subject,
      VirtualTime time,
      OutgoingGuard farSide,
      Consumer<Failure> failures) {
    this.seed = seed;
    this.subject = subject;
    this.time = time;
    this.farSide = farSide;
    this.failures = failures;
    log = EventLog.of(time);
    List<String> names = subject.process().stateful() ? List.of("a1", "b1", "c1") : List.of("a1");
    addresses =
        names.stream()
            .map(it -> new ServerAddress(it, it.substring(0, 1), it, 80, 81, 82))
            .toList();
    names.forEach(it -> servers.put(it, new SweptServer(it)));
    servers.values().forEach(Machine::start);
    servers.keySet().forEach(this::introduce);
    runUntil(this::ready, READY);
    if (!ready()) {
      throw new IllegalStateException("%s is not ready after %s".formatted(subject.name(), READY));
    }
  }

  /** Asks the first server. */
  CompletableFuture<CallResult<Object>> ask(Ask ask) {
    return server("a1").orElseThrow().asker().ask(ask);
  }

  /** Lets time go by until something is so, at most so long. */
  void runUntil(BooleanSupplier met, Duration atMost) {
    long limit = time.nanos() + atMost.toNanos();
    while (!met.getAsBoolean() && time.nanos() < limit) {
      time.runUntil(time.nanos() + STEP_NANOS);
    }
  }

  @Override
  public void close() {
    servers.values().forEach(Machine::leave);
  }

  private boolean ready() {
    return servers.keySet().stream()
        .allMatch(
            it -> server(it).filter(up -> up.state().value() == ServerState.READY).isPresent());
  }

  private void introduce(String name) {
    server(name)
        .ifPresent(it -> {
          servers.keySet().stream()
              .filter(other -> !other.equals(name))
              .forEach(other -> it.connected(other, pid(other)));
          it.doorsAreOpen();
        });
  }

  private Optional<Server> server(String name) {
    return Optional.ofNullable(servers.get(name))
        .flatMap(Machine::running)
        .map(SweptServer.Running::server);
  }

  private static long pid(String name) {
    return name.charAt(0);
  }

  private void send(String to, byte[] frame) {
    time.after(HOP_NANOS, () -> server(to).ifPresent(it -> it.receive(frame)));
  }

  /** One of the servers. */
  private final class SweptServer extends Machine<SweptServer.Running> {

    private record Running(Server server, SimulatedWorkers workers) {}

    SweptServer(String name) {
      super(seed, name, time, log);
    }

    @Override
    protected Running begin(Incarnation life) {
      SimulatedStrands strands =
          new SimulatedStrands(
              time, clock(), Dice.of(seed, name() + " strands"), life, this::broke);
      SimulatedWorkers workers =
          new SimulatedWorkers(
              time, Dice.of(seed, name() + " workers"), life, strands, this::broke);
      ServerPorts ports =
          new ServerPorts(
              (to, _, frame) -> send(to, frame),
              clock(),
              strands,
              workers,
              Dice.of(seed, name() + " server").generator(),
              disk().mount(life));
      return new Running(
          new Server(settings(), subject.alone(), pid(name()), ports, new Ears(), List.of(farSide)),
          workers);
    }

    private ServerSettings settings() {
      return new ServerSettings(
          "swept", name(), Path.of(name()), List.of(), addresses, false, pid(name()), true);
    }

    @Override
    protected void ended(Running dead) {
      dead.workers().end();
    }

    @Override
    protected void gaveUp() {
      throw new IllegalStateException("a disk without a fault must not fail");
    }

    @Override
    protected void refused(RuntimeException why) {
      throw why;
    }

    private void broke(Throwable failure) {
      throw new IllegalStateException("a task of %s failed".formatted(name()), failure);
    }
  }

  /** Hears of failed workers. */
  private final class Ears implements ServerListener {
    @Override
    public boolean followsRequests() {
      return true;
    }

    @Override
    public void take(Signal signal) {
      if (signal instanceof Signal.WorkerFailed failed) {
        failures.accept(failed.failure());
      }
    }

    @Override
    public void failed(Throwable cause) {
      throw new IllegalStateException("a server without a fault must not give up", cause);
    }
  }
}
