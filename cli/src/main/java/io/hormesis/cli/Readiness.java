package io.hormesis.cli;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.server.ServerState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps count of the servers that are ready, or have said why they will not be. What is heard is
 * passed on before it counts: so whoever waits for a server finds what it said already told.
 */
final class Readiness extends PassingListener {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<String> ready = new TreeSet<>();
  private final Set<String> degraded = new TreeSet<>();
  private Optional<String> givenUp = Optional.empty();

  Readiness(KeeperListener next) {
    super(next);
  }

  /**
   * Waits until servers are ready or degraded.
   *
   * @return those that are not when the time is up
   * @throws UsageException when a server cannot run
   */
  List<String> await(List<String> servers, Duration within) throws InterruptedException {
    long left = within.toNanos();
    lock.lock();
    try {
      while (!missing(servers).isEmpty() && left > 0 && givenUp.isEmpty()) {
        left = changed.awaitNanos(left);
      }
      if (givenUp.isPresent()) {
        throw new UsageException(givenUp.get());
      }
      return missing(servers);
    } finally {
      lock.unlock();
    }
  }

  private List<String> missing(List<String> servers) {
    return servers.stream().filter(it -> !ready.contains(it) && !degraded.contains(it)).toList();
  }

  /** How many are ready. */
  int count() {
    lock.lock();
    try {
      return ready.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(String server, long pid, int status, boolean expected) {
    super.ended(server, pid, status, expected);
    stands(server, ServerState.DEAD);
  }

  @Override
  public void state(String server, ServerState state, String reason) {
    super.state(server, state, reason);
    stands(server, state);
  }

  @Override
  public void givenUp(String server, String reason) {
    super.givenUp(server, reason);
    update(() -> givenUp = Optional.of("server %s cannot run: %s".formatted(server, reason)));
  }

  private void stands(String server, ServerState state) {
    update(() -> {
      ready.remove(server);
      degraded.remove(server);
      switch (state) {
        case READY -> ready.add(server);
        case DEGRADED -> degraded.add(server);
        case STARTING, DRAINING, SUSPECT, DEAD -> {}
      }
    });
  }

  private void update(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
