package io.hormesis.cli;

import io.hormesis.simulation.UnderWay;
import io.hormesis.simulation.WorldThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sees when code of the application does not come back: virtual time stands still meanwhile, so no
 * virtual deadline can end it. It counts its own looks and not the time on the wall, for that goes
 * on while the whole program is stopped.
 */
final class Watchdog implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int LOOKS = 30;

  private final Function<UnderWay, Optional<String>> application;
  private final Consumer<String> bark;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("watchdog").factory());
  private final Map<UnderWay, Stay> stays = new HashMap<>();

  /** How often a world was seen inside the application without any progress. */
  private record Stay(long progress, int looks) {}

  /**
   * One that does not look by itself.
   *
   * @param application tells where in the application's code a world is
   * @param bark told, once, where the code is that does not come back
   */
  Watchdog(Function<UnderWay, Optional<String>> application, Consumer<String> bark) {
    this.application = application;
    this.bark = bark;
  }

  /** Looks from now on, until it is closed. */
  static Watchdog start(ShutdownGuard end) {
    Watchdog watchdog = new Watchdog(ApplicationCode::in, end::rejected);
    var _ =
        watchdog.clock.scheduleWithFixedDelay(
            watchdog::look, LOOK_EVERY.toSeconds(), LOOK_EVERY.toSeconds(), TimeUnit.SECONDS);
    return watchdog;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /** Looks at all worlds, and says whether it barked. */
  boolean look() {
    var worlds = WorldThread.underWay();
    stays.keySet().retainAll(worlds);
    for (UnderWay world : worlds) {
      Stay stay = stayed(world, stays.get(world));
      stays.put(world, stay);
      Optional<String> where = stay.looks() < LOOKS ? Optional.empty() : application.apply(world);
      if (where.isPresent()) {
        bark.accept(
            "application must let its code come back, but %s has not for %d s: end its loop, or let it ask and await"
                .formatted(where.get(), LOOKS));
        return true;
      }
    }
    return false;
  }

  private Stay stayed(UnderWay world, @Nullable Stay before) {
    long progress = world.progress();
    if (before == null || before.progress() != progress || application.apply(world).isEmpty()) {
      return new Stay(progress, 0);
    }
    return new Stay(progress, before.looks() + 1);
  }
}
