package io.hormesis.trial;

import io.hormesis.server.SystemStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows every fault from the moment it was made until the system is whole again, by what servers
 * notice and say, and what callers get. Pure: times come from outside, in milliseconds since the
 * load began. Thread-safe.
 */
final class Faults {
  private final List<Kill> kills = new ArrayList<>();

  /** When servers were first noticed to be gone: maybe before the one who kills them knows. */
  private final Map<String, Long> gone = new HashMap<>();

  /** A server is going to be killed: what was noticed of it before is of an earlier end. */
  synchronized void striking(String target) {
    gone.remove(target);
  }

  /**
   * A server was, or was to be, killed.
   *
   * @param before the status on which that was decided
   */
  synchronized List<TrialEvent> killed(
      long atMillis, Nemesis.Attack attack, SystemStatus before, boolean met) {
    var kill = new Kill(atMillis, attack.target(), met, before);
    kills.add(kill);
    var events = new ArrayList<TrialEvent>();
    events.add(
        new TrialEvent.Struck(
            atMillis, Kill.KIND, attack.target(), attack.reason(), kill.places(), met));
    Long noticed = gone.get(attack.target());
    if (noticed != null) {
      kill.gone(attack.target(), noticed, events);
    }
    return events;
  }

  /** A server noticed that the process of another one ended. */
  synchronized List<TrialEvent> gone(String server, long atMillis) {
    gone.putIfAbsent(server, atMillis);
    var events = new ArrayList<TrialEvent>();
    kills.forEach(it -> it.gone(server, atMillis, events));
    return events;
  }

  /** A server told its view. */
  synchronized List<TrialEvent> seen(SystemStatus status, long atMillis) {
    var events = new ArrayList<TrialEvent>();
    kills.stream().filter(Kill::open).forEach(it -> it.seen(status, atMillis, events));
    return events;
  }

  /**
   * A place gave a real reply.
   *
   * @param write whether it acknowledged a write
   * @param intendedMillis when its request was meant to be sent; before a fault it says nothing
   */
  synchronized List<TrialEvent> replied(
      String place, boolean write, long intendedMillis, long atMillis) {
    var events = new ArrayList<TrialEvent>();
    kills.forEach(it -> it.replied(place, write, intendedMillis, atMillis, events));
    return events;
  }

  /** Whether a fault that was met still waits for its first evidence. */
  synchronized boolean undetected() {
    return kills.stream().anyMatch(Kill::undetected);
  }

  /** Whether full redundancy is there again after every fault. */
  synchronized boolean allRepaired() {
    return kills.stream().noneMatch(Kill::open);
  }

  synchronized long met() {
    return kills.stream().filter(Kill::met).count();
  }

  synchronized List<Report.Fault> reports() {
    return kills.stream().map(Kill::report).toList();
  }

  synchronized List<TrialResult.Away> aways() {
    return kills.stream().filter(Kill::met).flatMap(it -> it.aways().stream()).toList();
  }
}
