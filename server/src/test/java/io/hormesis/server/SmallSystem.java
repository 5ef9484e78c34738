package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Priority;
import io.hormesis.engine.port.Strand;
import io.hormesis.process.Application;
import io.hormesis.storage.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/** Three whole servers in one JVM, on real files and threads; only the carrier is a shortcut. */
final class SmallSystem implements AutoCloseable {
  private static final List<String> NAMES = List.of("a1", "b1", "c1");
  private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

  private final Path folder;
  private final Application application;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

  /** Frames for names that are no server here. */
  final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  final BlockingQueue<byte[]> undelivered = new LinkedBlockingQueue<>();

  /** Which frames to a server get lost. */
  volatile BiPredicate<String, byte[]> loses = (_, _) -> false;

  private long lastPid = 100;

  SmallSystem(Path folder) throws IOException {
    this(folder, TestTown.application());
  }

  SmallSystem(Path folder, Application application) throws IOException {
    this.folder = folder;
    this.application = application;
    for (String name : NAMES) {
      start(name);
    }
  }

  void start(String name) throws IOException {
    LocalDisk disk = LocalDisk.open(folder.resolve(name));
    List<ScheduledThreadPoolExecutor> threads = new ArrayList<>();
    ServerPorts ports =
        new ServerPorts(
            (to, _, frame) -> carry(to, frame),
            new RealClock(),
            it -> strand(threads, it),
            new ThreadWorkers(workers),
            RANDOM,
            disk);
    long pid = ++lastPid;
    Server server = new Server(settings(name, pid), application, pid, ports, new Silent());
    running.put(name, new Running(server, disk, pid, threads));
    server.doorsAreOpen();
  }

  /**
   * Ends a server as a crash would: it says and does nothing any more, and the others hear of it.
   */
  void crash(String name) throws IOException {
    Running dead = running(name);
    running.remove(name);
    dead.server().close();
    dead.threads().forEach(ScheduledThreadPoolExecutor::shutdown);
    dead.disk().close();
    running.values().forEach(other -> other.server().processEnded(name, dead.pid()));
  }

  Server server(String name) {
    return running(name).server();
  }

  private Running running(String name) {
    return Optional.ofNullable(running.get(name)).orElseThrow();
  }

  CallResult<Object> ask(String name, Record message) {
    return asking(name, message).orTimeout(30, TimeUnit.SECONDS).join();
  }

  CompletableFuture<CallResult<Object>> asking(String name, Record message) {
    return server(name)
        .asker()
        .ask(
            new Ask(
                message,
                Duration.ofSeconds(20),
                RequestContext.begin(Trace.begin(RANDOM), Priority.REQUEST)));
  }

  CompletableFuture<CallResult<Object>> asking(String name, Record message, Duration within) {
    RequestContext context = RequestContext.begin(Trace.begin(RANDOM), Priority.REQUEST);
    return server(name).asker().ask(new Ask(message, within, context));
  }

  Object replied(String name, Record message) {
    CallResult<Object> ending = ask(name, message);
    assertThat(ending).isInstanceOf(CallResult.Replied.class);
    return ((CallResult.Replied) ending).value();
  }

  /** Hands a frame to a server, as another one's carrier would. */
  void carry(String to, byte[] frame) {
    if (loses.test(to, frame)) {
      return;
    }
    Running there = running.get(to);
    if (there != null) {
      workers.execute(() -> there.server().receive(frame));
    } else if (!NAMES.contains(to)) {
      undelivered.add(frame);
    }
  }

  @Override
  public void close() throws IOException {
    for (String name : List.copyOf(running.keySet())) {
      crash(name);
    }
    workers.shutdown();
  }

  private ServerSettings settings(String name, long incarnation) {
    List<ServerAddress> addresses =
        NAMES.stream()
            .map(it -> new ServerAddress(it, it.substring(0, 1), "127.0.0.1", 1, 2, 3))
            .toList();
    return new ServerSettings(
        "test", name, folder.resolve(name), List.of(), addresses, false, incarnation, true);
  }

  private static Strand strand(List<ScheduledThreadPoolExecutor> threads, String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRejectedExecutionHandler((_, _) -> {});
    threads.add(executor);
    return new RealStrand(executor);
  }

  private record Running(
      Server server, LocalDisk disk, long pid, List<ScheduledThreadPoolExecutor> threads) {}

  private record RealStrand(ScheduledThreadPoolExecutor executor) implements Strand {
    @Override
    public void execute(Runnable task) {
      executor.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      var future = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    }
  }

  private static final class RealClock implements Clock {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  private final class Silent implements ServerListener {
    @Override
    public boolean followsRequests() {
      return true;
    }

    @Override
    public void take(Signal signal) {
      signals.add(signal);
    }

    @Override
    public void failed(Throwable cause) {
      throw new AssertionError(cause);
    }
  }
}
