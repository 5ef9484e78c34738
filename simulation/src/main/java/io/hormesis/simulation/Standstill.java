package io.hormesis.simulation;

import java.util.ArrayList;
import java.util.List;

/** Whether a life of a server stands still, and what waits until it goes on. */
final class Standstill {
  private final VirtualTime time;
  private final List<Runnable> held = new ArrayList<>();
  private long until;

  Standstill(VirtualTime time) {
    this.time = time;
  }

  /** Nothing runs before a time; of several such times the latest counts. */
  void until(long nanos) {
    if (nanos > until) {
      until = nanos;
      time.at(
          nanos,
          () -> {
            if (time.nanos() >= until) {
              goOn();
            }
          });
    }
  }

  /** Ends it now. */
  void end() {
    until = Math.min(until, time.nanos());
    goOn();
  }

  /** Until when nothing runs; a time that is past when nothing is stopped. */
  long until() {
    return until;
  }

  /** Whether nothing may run now; asked before every event. */
  boolean lasts() {
    return time.nanos() < until;
  }

  /** Keeps an event until it ends. */
  void hold(Runnable event) {
    held.add(event);
  }

  private void goOn() {
    held.forEach(it -> time.after(0, it));
    held.clear();
  }
}
