package io.hormesis.trial;

import io.hormesis.server.Redundancy;
import io.hormesis.server.SystemStatus;
import io.hormesis.server.SystemStatus.PartitionStatus;
import io.hormesis.server.SystemStatus.ServerStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Follows every fault from the moment it was made until the system is whole again, by what servers
 * say and what callers get. Pure: times come from outside, in milliseconds since the load began.
 * Thread-safe.
 */
final class Faults {
  private static final String KILL = "kill";

  private final List<Kill> kills = new ArrayList<>();

  /**
   * A server was, or was to be, killed.
   *
   * @param before the status on which that was decided
   */
  synchronized TrialEvent killed(
      long atMillis, Nemesis.Attack attack, SystemStatus before, boolean met) {
    kills.add(new Kill(atMillis, attack.target(), met, before));
    return new TrialEvent.Struck(atMillis, KILL, attack.target(), attack.reason(), met);
  }

  /** A server told its view. */
  synchronized List<TrialEvent> seen(SystemStatus status, long atMillis) {
    var events = new ArrayList<TrialEvent>();
    for (Kill kill : kills) {
      if (kill.open()) {
        kill.seen(status, atMillis, events);
      }
    }
    return events;
  }

  /** A place gave a real reply. Only one that was asked for after the fault says anything. */
  synchronized List<TrialEvent> replied(String place, long intendedMillis, long atMillis) {
    var events = new ArrayList<TrialEvent>();
    for (Kill kill : kills) {
      if (kill.met && intendedMillis >= kill.at) {
        kill.replied(place, atMillis, events);
      }
    }
    return events;
  }

  /** Whether a fault that was met still waits for its first evidence. */
  synchronized boolean undetected() {
    return kills.stream().anyMatch(it -> it.open() && it.detected.isEmpty());
  }

  /** Whether full redundancy is there again after every fault. */
  synchronized boolean allRepaired() {
    return kills.stream().noneMatch(Kill::open);
  }

  synchronized long met() {
    return kills.stream().filter(it -> it.met).count();
  }

  synchronized List<Report.Fault> reports() {
    return kills.stream().map(Kill::report).toList();
  }

  private static final class Kill {
    final long at;
    final String target;
    final boolean met;
    final long pid;
    final Set<String> led;
    final Set<String> silent;
    OptionalLong detected = OptionalLong.empty();
    OptionalLong rerouted = OptionalLong.empty();
    OptionalLong repaired = OptionalLong.empty();
    OptionalLong wholeSince = OptionalLong.empty();

    Kill(long at, String target, boolean met, SystemStatus before) {
      this.at = at;
      this.target = target;
      this.met = met;
      this.pid = server(before, target).map(ServerStatus::pid).orElse(0L);
      this.led = led(before, target);
      this.silent = served(before, target, led);
    }

    boolean open() {
      return met && repaired.isEmpty();
    }

    void seen(SystemStatus status, long now, List<TrialEvent> events) {
      if (detected.isEmpty() && isEvidence(status)) {
        detected = OptionalLong.of(now - at);
        events.add(new TrialEvent.Detected(target, now - at));
      }
      boolean whole = isAnotherProcess(status) && Redundancy.missing(status).isEmpty();
      if (!whole) {
        wholeSince = OptionalLong.empty();
      } else if (wholeSince.isEmpty()) {
        wholeSince = OptionalLong.of(now - at); // one view may be old: the next one must agree
      } else {
        repaired = wholeSince;
        events.add(new TrialEvent.Repaired(target, repaired.getAsLong()));
      }
    }

    void replied(String place, long now, List<TrialEvent> events) {
      if (silent.remove(place)) {
        events.add(new TrialEvent.Back(target, place, now - at));
        if (silent.isEmpty()) {
          rerouted = OptionalLong.of(now - at);
        }
      }
    }

    Report.Fault report() {
      return new Report.Fault(at, KILL, target, met, detected, rerouted, repaired);
    }

    private boolean isEvidence(SystemStatus status) {
      Optional<ServerStatus> now = server(status, target);
      return now.isEmpty()
          || !now.get().state().equals("ready")
          || now.get().pid() != pid
          || status.partitions().stream()
              .anyMatch(it -> led.contains(name(it)) && !it.leader().equals(target));
    }

    private boolean isAnotherProcess(SystemStatus status) {
      return server(status, target).filter(it -> it.pid() != pid).isPresent();
    }
  }

  private static Optional<ServerStatus> server(SystemStatus status, String name) {
    return status.servers().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  private static Set<String> led(SystemStatus status, String server) {
    return names(status, it -> it.leader().equals(server));
  }

  /**
   * What callers got from this server: its stateless processes and the partitions that it led; of a
   * server that led none and has no stateless process, the partitions that it held.
   */
  private static Set<String> served(SystemStatus status, String server, Set<String> led) {
    var served = new LinkedHashSet<>(led);
    List<String> hosts = server(status, server).map(ServerStatus::hosts).orElse(List.of());
    status.processes().stream()
        .filter(it -> it.kind().equals("stateless") && hosts.contains(it.name()))
        .forEach(it -> served.add(it.name()));
    return served.isEmpty() ? names(status, it -> it.members().contains(server)) : served;
  }

  private static Set<String> names(
      SystemStatus status, java.util.function.Predicate<PartitionStatus> which) {
    var names = new LinkedHashSet<String>();
    status.partitions().stream().filter(which).forEach(it -> names.add(name(it)));
    return names;
  }

  private static String name(PartitionStatus partition) {
    return partition.process() + "/" + partition.id();
  }
}
