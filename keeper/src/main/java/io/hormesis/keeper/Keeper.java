package io.hormesis.keeper;

import io.hormesis.server.KeeperCommand;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerSettings;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightFile;
import io.hormesis.storage.InFlightRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Process supervisor of one machine: starts the servers of a system as processes, watches them as
 * their parent, and starts a dead one again. When one has ended it tells the living at once, before
 * it starts the next incarnation: the end of a process is the best evidence there is.
 *
 * <p>Everything happens on one thread; the methods may be called from any. Only {@link #close()}
 * needs no turn on that thread, so that a listener that hangs cannot keep servers alive.
 *
 * <p>Source: Falcon (SOSP'11): whoever can see a process end need not guess.
 */
public final class Keeper implements AutoCloseable {
  /** The file in the data folder to which the program around it may log what it logs. */
  public static final String LOG_NAME = "keeper.log";

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration KILLED = Duration.ofSeconds(10);
  private static final long LOOK_AT_LOGS_MILLIS = 1_000;
  private static final long LOOK_FOR_SPACE_MILLIS = 3_000;

  private final KeeperPlan plan;
  private final KeeperListener listener;
  private final FreeSpace space;
  private final Map<String, ManagedServer> servers = new LinkedHashMap<>();
  private final Set<Child> children = ConcurrentHashMap.newKeySet();

  /** What ends the wait of those who wait for the thread. */
  private final Set<Runnable> waits = ConcurrentHashMap.newKeySet();

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("keeper").factory());
  private final ScheduledThreadPoolExecutor logs =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("logs").factory());
  private final long born = System.nanoTime();
  private volatile boolean stopping;

  private Keeper(KeeperPlan plan, KeeperListener listener, FreeSpace space) {
    this.plan = plan;
    this.listener = listener;
    this.space = space;
    SplittableRandom random = new SplittableRandom();
    for (ServerAddress server : plan.servers()) {
      servers.put(server.name(), new ManagedServer(server, random.split()));
    }
  }

  /** Starts all servers of a plan; they become ready some time later. */
  public static Keeper start(KeeperPlan plan, KeeperListener listener) {
    return start(plan, listener, FreeSpace.ofTheDisk());
  }

  static Keeper start(KeeperPlan plan, KeeperListener listener, FreeSpace space) {
    Keeper keeper = new Keeper(plan, listener, space);
    keeper.rotateLogs();
    keeper.run(() -> keeper.servers.values().forEach(keeper::start));
    var _ =
        keeper.logs.scheduleWithFixedDelay(
            keeper::rotateLogs, LOOK_AT_LOGS_MILLIS, LOOK_AT_LOGS_MILLIS, TimeUnit.MILLISECONDS);
    return keeper;
  }

  /**
   * Kills a server's process with SIGKILL and waits until it has ended; it is started again like
   * after a crash.
   *
   * @return whether a process was there and ended of it; never once the keeper is closed
   */
  public boolean kill(String server) throws InterruptedException {
    Optional<Child> child =
        onThread(() -> Optional.ofNullable(servers.get(server)).flatMap(it -> it.child))
            .flatMap(it -> it);
    if (child.isEmpty() || !child.get().alive()) {
      return false;
    }
    child.get().kill();
    return child.get().awaitEnd(KILLED.toNanos());
  }

  /** All servers as they are now; none once it is closed. */
  public List<ServerProcess> servers() {
    return onThread(() -> servers.values().stream().map(ManagedServer::process).toList())
        .orElse(List.of());
  }

  /**
   * Stops all servers, in order if they can within the time of the plan, by force if they cannot,
   * and leaves none. May be called again.
   */
  @Override
  public void close() {
    stopping = true;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.shutdown();
    logs.shutdownNow();
    waits.forEach(Runnable::run);
    children.forEach(Child::stop);
    awaitEnd(List.copyOf(children));
    // One that was being started meanwhile.
    children.forEach(Child::kill);
  }

  private void start(ManagedServer managed) {
    if (stopping) {
      return;
    }
    try {
      Child child = launch(managed);
      managed.started(child);
      managed.policy.started(millis());
      child.onEnd(
          status -> atEnd(child, () -> ended(managed, child, status)),
          _ -> run(() -> decide(managed, child)));
      listener.started(managed.name(), child.pid());
      tellWhoIsDown(child);
    } catch (IOException failure) {
      // A machine short of memory or files now may have some again in a moment.
      startAgain(
          managed,
          managed.policy.ended(false, millis()),
          "it cannot be started: " + failure.getMessage());
    }
  }

  private Child launch(ManagedServer managed) throws IOException {
    Path folder = Files.createDirectories(folder(managed));
    InFlightFile.remove(folder);
    ServerSettings settings =
        new ServerSettings(
            plan.system(),
            managed.name(),
            folder,
            plan.application(),
            plan.servers(),
            false,
            incarnation(),
            plan.evidenceElects());
    Child child =
        Child.start(
            command(managed),
            log(managed).path(),
            settings,
            event -> run(() -> told(managed, event)));
    children.add(child);
    if (stopping) {
      child.kill();
    }
    return child;
  }

  /** A number that no other life has; process ids come again, in containers soon. */
  private static long incarnation() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  private void told(ManagedServer managed, ServerEvent event) {
    switch (event) {
      case ServerEvent.CannotStart(String message) -> managed.hopeless = Optional.of(message);
      case ServerEvent.Noticed noticed when managed.child.isPresent() ->
          listener.noticed(managed.name(), noticed);
      case ServerEvent.StateChanged(var state, var reason) when managed.child.isPresent() -> {
        managed.became(state, reason);
        listener.state(managed.name(), state, reason);
      }
      case ServerEvent.Started _, ServerEvent.Noticed _, ServerEvent.StateChanged _ -> {}
    }
  }

  private void atEnd(Child child, Runnable then) {
    children.remove(child);
    run(then);
  }

  /** First of all the living are told. */
  private void ended(ManagedServer managed, Child child, int status) {
    managed.child = Optional.empty();
    tell(new KeeperCommand.ProcessEnded(managed.name(), child.incarnation()));
    listener.ended(managed.name(), child.pid(), status, child.expected());
    managed.lastEnd = "its process ended with status " + status + running(managed, child);
    down(managed, managed.lastEnd);
  }

  /** Which requests a process that ended by itself was running: one of them may be why it ended. */
  private String running(ManagedServer managed, Child child) {
    if (child.expected()) {
      return "";
    }
    try {
      List<InFlightRequest> requests = InFlightFile.read(folder(managed));
      if (requests.isEmpty()) {
        return "";
      }
      String shown = InFlightRequest.shown(requests);
      LOG.warn("process {} of {} ended while it ran {}", child.pid(), managed.name(), shown);
      listener.endedWhileRunning(managed.name(), requests);
      return " while it ran " + shown;
    } catch (IOException unreadable) {
      LOG.warn("what {} was running cannot be read: {}", managed.name(), unreadable.toString());
      return "";
    }
  }

  /** When it starts again, once everything that it told is known. */
  private void decide(ManagedServer managed, Child child) {
    if (stopping) {
      return;
    }
    if (!child.expected() && space.full(folder(managed))) {
      waitForSpace(managed);
      return;
    }
    if (managed.hopeless.isPresent()) {
      startAgain(managed, managed.policy.cannotStart(), managed.hopeless.get());
      return;
    }
    startAgain(
        managed,
        managed.policy.ended(child.expected(), millis()),
        "it must not end more than %d times within %d s, but did; at last %s: see %s"
            .formatted(
                RestartPolicy.MOST_ENDS,
                RestartPolicy.WITHIN_MILLIS / 1000,
                managed.lastEnd,
                log(managed).path()));
  }

  /** Soon, or, where that does not help, ever more slowly; that is told with its reason. */
  private void startAgain(ManagedServer managed, RestartPolicy.Restart restart, String reason) {
    if (restart.state() == RestartPolicy.State.BACKING_OFF) {
      LocalTime next =
          LocalTime.now(ZoneId.systemDefault())
              .plus(restart.pause())
              .truncatedTo(ChronoUnit.SECONDS);
      String told = reason + "; it is tried again at " + next.format(DateTimeFormatter.ISO_TIME);
      LOG.warn("{} is given up for now: {}", managed.name(), told);
      down(managed, told);
      listener.givenUp(managed.name(), told);
    }
    var _ =
        thread.schedule(
            () -> guarded(() -> start(managed)), restart.pause().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The living show in their status why it is down. */
  private void down(ManagedServer managed, String reason) {
    managed.became(ServerState.DEAD, reason);
    tell(new KeeperCommand.ServerDown(managed.name(), reason));
  }

  private void tell(KeeperCommand command) {
    servers.values().forEach(it -> it.child.ifPresent(child -> child.send(command)));
  }

  private void tellWhoIsDown(Child child) {
    servers.values().stream()
        .filter(it -> it.child.isEmpty() && !it.lastEnd.isEmpty())
        .forEach(it -> child.send(new KeeperCommand.ServerDown(it.name(), it.process().reason())));
  }

  /** An end on a full disk does not count, and what it said of its start may not hold then. */
  private void waitForSpace(ManagedServer managed) {
    String missing = space.missing(folder(managed)).orElse("its disk was full a moment ago");
    String reason = missing + ": free some, and it is started again";
    down(managed, reason);
    listener.waits(managed.name(), reason);
    awaitSpace(managed);
  }

  /** For as long as it takes: nobody need start it by hand once there is room. */
  private void awaitSpace(ManagedServer managed) {
    Runnable look =
        () -> {
          if (space.missing(folder(managed)).isEmpty()) {
            start(managed);
          } else {
            awaitSpace(managed);
          }
        };
    var _ = thread.schedule(() -> guarded(look), LOOK_FOR_SPACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private Path folder(ManagedServer managed) {
    return plan.data().resolve(managed.name());
  }

  private List<String> command(ManagedServer managed) {
    return plan.command().stream().map(it -> it.replace("{server}", managed.name())).toList();
  }

  private RollingLog log(ManagedServer managed) {
    return new RollingLog(plan.data().resolve(managed.name() + ".log"));
  }

  private void rotateLogs() {
    Stream.concat(
            servers.values().stream().map(this::log),
            Stream.of(new RollingLog(plan.data().resolve(LOG_NAME))))
        .forEach(log -> {
          try {
            log.rotateWhenLarge();
          } catch (IOException failure) {
            LOG.warn("{} cannot be put aside: {}", log.path(), failure.toString());
          }
        });
  }

  private void awaitEnd(List<Child> children) {
    long deadline = System.nanoTime() + plan.stopWithin().toNanos();
    try {
      for (Child child : children) {
        if (!child.awaitEnd(deadline - System.nanoTime())) {
          LOG.warn("process {} did not stop in order", child.pid());
          child.kill();
        }
      }
      for (Child child : children) {
        child.awaitEnd(deadline + KILLED.toNanos() - System.nanoTime());
      }
    } catch (InterruptedException interrupted) {
      children.forEach(Child::kill);
      Thread.currentThread().interrupt();
    }
  }

  private long millis() {
    return (System.nanoTime() - born) / 1_000_000;
  }

  private void run(Runnable what) {
    try {
      thread.execute(() -> guarded(what));
    } catch (RejectedExecutionException closed) {
      LOG.debug("the keeper is closed");
    }
  }

  private static void guarded(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException failure) {
      LOG.error("the keeper or its listener failed, and goes on", failure);
    }
  }

  /** What only the thread may look at; empty once the keeper is closed. */
  private <T> Optional<T> onThread(Supplier<T> what) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Runnable end = () -> answer.cancel(false);
    waits.add(end);
    try {
      thread.execute(() -> answer.completeAsync(what, Runnable::run));
      // Closing sets this first, and then ends all waits that it finds.
      if (stopping) {
        end.run();
      }
      return Optional.of(answer.join());
    } catch (RejectedExecutionException | CancellationException closed) {
      return Optional.empty();
    } finally {
      waits.remove(end);
    }
  }
}
