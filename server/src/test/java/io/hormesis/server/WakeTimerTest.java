package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.port.Strand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WakeTimerTest {
  private final HandStrand strand = new HandStrand();
  private final List<Long> woken = new ArrayList<>();
  private OptionalLong next = OptionalLong.empty();
  private final WakeTimer timer = new WakeTimer(strand, this::wake);

  private void wake() {
    woken.add(strand.now);
    timer.wakeAt(next, strand.now);
  }

  private void wakeAt(long time) {
    timer.wakeAt(OptionalLong.of(time), strand.now);
  }

  @Test
  void itWakesOnceAtTheEarliestTimeThatWasAskedFor() {
    wakeAt(500);
    wakeAt(40);
    wakeAt(100);
    strand.passTo(1_000);
    assertThat(woken).containsExactly(40L);
  }

  @Test
  void whatWasAskedForLaterIsAskedForAgainByTheStateMachine() {
    wakeAt(500);
    next = OptionalLong.of(500);
    wakeAt(40);
    strand.passTo(499);
    next = OptionalLong.empty();
    strand.passTo(1_000);
    assertThat(woken).containsExactly(40L, 500L);
  }

  /** A server whose calls never cease had ever more timers, each of which set the next one. */
  @Test
  void thereIsOneTimerHoweverOftenAnEarlierTimeIsAskedFor() {
    for (long round = 0; round < 100; round++) {
      next = OptionalLong.of(strand.now + 500);
      wakeAt(strand.now + 500);
      wakeAt(strand.now + 40);
      strand.passTo(strand.now + 41);
    }
    assertThat(strand.timers).hasSize(1);
    assertThat(woken).hasSize(100);
  }

  @Test
  void whatIsOverdueIsWokenInAMillisecond() {
    strand.passTo(100);
    wakeAt(50);
    strand.passTo(101);
    assertThat(woken).containsExactly(101L);
  }

  @Test
  void nothingIsSetWhereNothingIsWanted() {
    timer.wakeAt(OptionalLong.empty(), 0);
    assertThat(strand.timers).isEmpty();
  }

  /** A strand whose time goes by when it is told to. */
  private static final class HandStrand implements Strand {
    private final List<Set> timers = new ArrayList<>();
    private long now;

    private record Set(long at, Runnable task) {}

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
      Set set = new Set(now + delay.toMillis(), task);
      timers.add(set);
      return () -> timers.remove(set);
    }

    void passTo(long time) {
      for (Set due = due(time); due.at() <= time; due = due(time)) {
        timers.remove(due);
        now = due.at();
        due.task().run();
      }
      now = time;
    }

    private Set due(long time) {
      return timers.stream()
          .min(Comparator.comparingLong(Set::at))
          .orElse(new Set(time + 1, () -> {}));
    }
  }
}
