package io.hormesis.keeper;

import io.hormesis.server.KeeperWord;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the servers of a system as processes, watches them as their parent, and starts a dead one
 * again. When one has ended it tells the living at once, before it starts the next incarnation: the
 * end of a process is the best evidence there is.
 *
 * <p>Everything happens on one thread; the methods may be called from any.
 *
 * <p>Source: Falcon (SOSP'11): whoever can see a process end need not guess.
 */
public final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration KILLED = Duration.ofSeconds(10);

  private final KeeperPlan plan;
  private final KeeperListener listener;
  private final Map<String, Post> posts = new LinkedHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("keeper").factory());
  private final long born = System.nanoTime();
  private boolean membersExist;
  private boolean stopping;

  private Keeper(KeeperPlan plan, KeeperListener listener) {
    this.plan = plan;
    this.listener = listener;
    for (ServerAddress server : plan.servers()) {
      posts.put(server.name(), new Post(server));
    }
  }

  /** Starts all servers of a plan; they become ready some time later. */
  public static Keeper start(KeeperPlan plan, KeeperListener listener) {
    Keeper keeper = new Keeper(plan, listener);
    keeper.thread.execute(() -> keeper.posts.values().forEach(keeper::start));
    return keeper;
  }

  /**
   * Kills a server's process with SIGKILL and waits until it has ended; it is started again like
   * after a crash.
   *
   * @return whether a process was there and ended of it
   */
  public boolean kill(String server) throws InterruptedException {
    Optional<Child> child =
        onThread(() -> Optional.ofNullable(posts.get(server)).flatMap(it -> it.child));
    if (child.isEmpty()) {
      return false;
    }
    child.get().kill();
    return child.get().awaitEnd(KILLED.toNanos());
  }

  /** All servers as they are now. */
  public List<Kept> servers() {
    return onThread(() -> posts.values().stream().map(Post::kept).toList());
  }

  /** Stops all servers, in order if they can, by force if they cannot, and leaves none. */
  @Override
  public void close() {
    List<Child> children =
        onThread(() -> {
          stopping = true;
          List<Child> all = new ArrayList<>();
          posts.values().forEach(post -> post.child.ifPresent(all::add));
          all.forEach(Child::stop);
          return all;
        });
    awaitEnd(children);
    thread.shutdownNow();
  }

  private void start(Post post) {
    String name = post.address.name();
    try {
      Path folder = Files.createDirectories(plan.data().resolve(name));
      boolean first = !membersExist && name.equals(plan.servers().getFirst().name());
      ServerSettings settings =
          new ServerSettings(
              plan.system(),
              name,
              folder,
              plan.application(),
              plan.servers(),
              first,
              plan.evidenceElects());
      Child child =
          Child.start(
              plan.command().stream().map(it -> it.replace("{server}", name)).toList(),
              plan.data().resolve(name + ".log"),
              settings,
              event -> thread.execute(() -> told(post, event)));
      post.child = Optional.of(child);
      post.say("starting", "");
      child.onEnd(status -> thread.execute(() -> ended(post, child, status)));
      listener.started(name, child.pid());
    } catch (IOException failure) {
      giveUp(post, "it cannot be started: " + failure.getMessage());
    }
  }

  private void told(Post post, ServerEvent event) {
    switch (event) {
      case ServerEvent.Started _ -> {}
      case ServerEvent.MemberUp _ -> membersExist = true;
      case ServerEvent.CannotStart(String message) -> post.hopeless = Optional.of(message);
      case ServerEvent.StateChanged(String state, String reason) -> {
        post.say(state, reason);
        listener.state(post.address.name(), state, reason);
      }
    }
  }

  private void ended(Post post, Child child, int status) {
    String name = post.address.name();
    post.child = Optional.empty();
    post.say("dead", "its process ended with status " + status);
    listener.ended(name, child.pid(), status, child.ordered());
    if (stopping) {
      return;
    }
    KeeperWord word = new KeeperWord.ProcessEnded(name, child.pid(), child.memberUid());
    posts.values().forEach(other -> other.child.ifPresent(it -> it.say(word)));
    if (post.hopeless.isPresent()) {
      giveUp(post, post.hopeless.get());
      return;
    }
    Optional<Duration> pause = post.policy.ended(child.ordered(), millis());
    if (pause.isPresent()) {
      var _ = thread.schedule(() -> restart(post), pause.get().toMillis(), TimeUnit.MILLISECONDS);
    } else {
      giveUp(
          post,
          "it ended %d times within %d s, last with status %d: see %s"
              .formatted(
                  RestartPolicy.MOST_ENDS + 1,
                  RestartPolicy.WITHIN_MILLIS / 1000,
                  status,
                  plan.data().resolve(name + ".log")));
    }
  }

  private void restart(Post post) {
    if (!stopping) {
      start(post);
    }
  }

  private void giveUp(Post post, String reason) {
    post.say("dead", reason);
    listener.givenUp(post.address.name(), reason);
  }

  private void awaitEnd(List<Child> children) {
    long deadline = System.nanoTime() + plan.stopWithin().toNanos();
    try {
      for (Child child : children) {
        if (!child.awaitEnd(Math.max(1, deadline - System.nanoTime()))) {
          LOG.warn("process {} did not stop in order", child.pid());
          child.kill();
          child.awaitEnd(KILLED.toNanos());
        }
      }
    } catch (InterruptedException interrupted) {
      children.forEach(Child::kill);
      Thread.currentThread().interrupt();
    }
  }

  private long millis() {
    return (System.nanoTime() - born) / 1_000_000;
  }

  private <T> T onThread(java.util.function.Supplier<T> what) {
    List<T> result = new ArrayList<>(1);
    CountDownLatch done = new CountDownLatch(1);
    thread.execute(() -> {
      result.add(what.get());
      done.countDown();
    });
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KeeperException("interrupted while the keeper was asked", interrupted);
    }
    return result.getFirst();
  }

  /** One server and what is known of it. */
  private static final class Post {
    final ServerAddress address;
    final RestartPolicy policy = new RestartPolicy(new SplittableRandom());
    Optional<Child> child = Optional.empty();
    Optional<String> hopeless = Optional.empty();
    private String state = "dead";
    private String reason = "not started yet";

    Post(ServerAddress address) {
      this.address = address;
    }

    void say(String newState, String newReason) {
      state = newState;
      reason = newReason;
    }

    Kept kept() {
      return new Kept(address.name(), child.map(Child::pid).orElse(0L), state, reason);
    }
  }
}
