package io.hormesis.keeper;

import io.hormesis.server.KeeperCommand;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the servers of a system as processes, watches them as their parent, and starts a dead one
 * again. When one has ended it tells the living at once, before it starts the next incarnation: the
 * end of a process is the best evidence there is.
 *
 * <p>Everything happens on one thread; the methods may be called from any. Only {@link #close()}
 * needs no turn on that thread, so that a listener that hangs cannot keep servers alive.
 *
 * <p>Source: Falcon (SOSP'11): whoever can see a process end need not guess.
 */
public final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration KILLED = Duration.ofSeconds(10);
  private static final long LARGEST_LOG_BYTES = 16L * 1024 * 1024;
  private static final long LOOK_FOR_SPACE_MILLIS = 3_000;

  private final KeeperPlan plan;
  private final KeeperListener listener;
  private final FreeSpace space;
  private final Map<String, ManagedServer> posts = new LinkedHashMap<>();
  private final Founding founding = new Founding();
  private final Set<Child> children = ConcurrentHashMap.newKeySet();

  /** What ends the wait of those who wait for the thread. */
  private final Set<Runnable> waits = ConcurrentHashMap.newKeySet();

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("keeper").factory());
  private final long born = System.nanoTime();
  private volatile boolean stopping;

  private Keeper(KeeperPlan plan, KeeperListener listener, FreeSpace space) {
    this.plan = plan;
    this.listener = listener;
    this.space = space;
    SplittableRandom random = new SplittableRandom();
    for (ServerAddress server : plan.servers()) {
      posts.put(server.name(), new ManagedServer(server, random.split()));
    }
  }

  /** Starts all servers of a plan; they become ready some time later. */
  public static Keeper start(KeeperPlan plan, KeeperListener listener) {
    return start(plan, listener, FreeSpace.ofTheDisk());
  }

  static Keeper start(KeeperPlan plan, KeeperListener listener, FreeSpace space) {
    Keeper keeper = new Keeper(plan, listener, space);
    keeper.run(() -> keeper.posts.values().forEach(keeper::start));
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
        onThread(() -> Optional.ofNullable(posts.get(server)).flatMap(it -> it.child))
            .flatMap(it -> it);
    if (child.isEmpty() || !child.get().alive()) {
      return false;
    }
    child.get().kill();
    return child.get().awaitEnd(KILLED.toNanos());
  }

  /** All servers as they are now; none once it is closed. */
  public List<ServerProcess> servers() {
    return onThread(() -> posts.values().stream().map(ManagedServer::kept).toList())
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
    waits.forEach(Runnable::run);
    children.forEach(Child::stop);
    awaitEnd(List.copyOf(children));
    // One that was being started meanwhile.
    children.forEach(Child::kill);
  }

  private void start(ManagedServer post) {
    if (stopping) {
      return;
    }
    try {
      Path folder = Files.createDirectories(folder(post));
      ServerSettings settings =
          new ServerSettings(
              plan.system(),
              post.name(),
              folder,
              plan.application(),
              plan.servers(),
              false,
              founding.starting(post.name()),
              plan.evidenceElects());
      Child child =
          Child.start(command(post), log(post), settings, event -> run(() -> told(post, event)));
      children.add(child);
      if (stopping) {
        child.kill();
      }
      post.started(child);
      child.onEnd(
          status -> atEnd(child, () -> ended(post, child, status)),
          status -> run(() -> decide(post, child, status)));
      listener.started(post.name(), child.pid());
    } catch (IOException failure) {
      // A machine short of memory or files now may have some again in a moment.
      founding.ended(post.name());
      Optional<Duration> pause = post.policy.ended(false, millis());
      if (pause.isPresent()) {
        var _ = thread.schedule(() -> start(post), pause.get().toMillis(), TimeUnit.MILLISECONDS);
      } else {
        giveUp(post, "it cannot be started: " + failure.getMessage());
      }
    }
  }

  private void told(ManagedServer post, ServerEvent event) {
    switch (event) {
      case ServerEvent.Started _ -> {}
      case ServerEvent.MemberUp _ -> founding.member(post.name());
      case ServerEvent.CannotStart(String message) -> post.hopeless = Optional.of(message);
      case ServerEvent.StateChanged(String state, String reason) -> {
        if (post.child.isPresent()) {
          post.say(state, reason);
          listener.state(post.name(), state, reason);
        }
      }
    }
  }

  private void atEnd(Child child, Runnable then) {
    children.remove(child);
    run(then);
  }

  /** First of all the living are told. */
  private void ended(ManagedServer post, Child child, int status) {
    post.child = Optional.empty();
    KeeperCommand word =
        new KeeperCommand.ProcessEnded(post.name(), child.pid(), child.memberUid());
    posts.values().forEach(other -> other.child.ifPresent(it -> it.say(word)));
    post.say("dead", "its process ended with status " + status);
    listener.ended(post.name(), child.pid(), status, child.ordered());
    for (String lost : founding.ended(post.name())) {
      Optional.ofNullable(posts.get(lost)).flatMap(it -> it.child).ifPresent(Child::kill);
    }
  }

  /** Whether and when it starts again, once everything that it told is known. */
  private void decide(ManagedServer post, Child child, int status) {
    if (stopping) {
      return;
    }
    if (!child.ordered() && space.full(folder(post))) {
      waitForSpace(post);
      return;
    }
    if (post.hopeless.isPresent()) {
      giveUp(post, post.hopeless.get());
      return;
    }
    Optional<Duration> pause = post.policy.ended(child.ordered(), millis());
    if (pause.isPresent()) {
      var _ = thread.schedule(() -> start(post), pause.get().toMillis(), TimeUnit.MILLISECONDS);
      return;
    }
    giveUp(
        post,
        "it must not end more than %d times within %d s, but did, last with status %d: see %s"
            .formatted(
                RestartPolicy.MOST_ENDS,
                RestartPolicy.WITHIN_MILLIS / 1000,
                status,
                plan.data().resolve(post.name() + ".log")));
  }

  /** An end on a full disk does not count, and what it said of its start may not hold then. */
  private void waitForSpace(ManagedServer post) {
    post.hopeless = Optional.empty();
    String missing = space.missing(folder(post)).orElse("its disk was full a moment ago");
    String reason = missing + ": free some, and it is started again";
    post.say("dead", reason);
    listener.waits(post.name(), reason);
    awaitSpace(post);
  }

  /** For as long as it takes: nobody need start it by hand once there is room. */
  private void awaitSpace(ManagedServer post) {
    Runnable look =
        () -> {
          if (space.missing(folder(post)).isEmpty()) {
            start(post);
          } else {
            awaitSpace(post);
          }
        };
    var _ = thread.schedule(look, LOOK_FOR_SPACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void giveUp(ManagedServer post, String reason) {
    post.say("dead", reason);
    listener.givenUp(post.name(), reason);
  }

  private Path folder(ManagedServer post) {
    return plan.data().resolve(post.name());
  }

  private List<String> command(ManagedServer post) {
    return plan.command().stream().map(it -> it.replace("{server}", post.name())).toList();
  }

  /** Its log; a very long one of earlier incarnations is put aside, and the one before is lost. */
  private Path log(ManagedServer post) throws IOException {
    Path log = plan.data().resolve(post.name() + ".log");
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
      Path old = plan.data().resolve(post.name() + ".log.1");
      Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
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
