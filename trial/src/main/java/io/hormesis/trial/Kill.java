package io.hormesis.trial;

import io.hormesis.server.ProcessKind;
import io.hormesis.server.Redundancy;
import io.hormesis.server.Register;
import io.hormesis.server.ServerState;
import io.hormesis.server.SystemStatus;
import io.hormesis.server.SystemStatus.PartitionStatus;
import io.hormesis.server.SystemStatus.ServerStatus;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One kill and what followed from it. Not thread-safe. */
final class Kill {
  static final String KIND = "kill";
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final long at;
  private final String target;
  private final boolean met;
  private final long pid;
  private final Set<String> led;
  private final Map<String, OptionalLong> replied = new TreeMap<>();
  private final Map<String, OptionalLong> written = new TreeMap<>();
  private OptionalLong detected = NEVER;
  private OptionalLong repaired = NEVER;
  private OptionalLong wholeSince = NEVER;

  /**
   * A kill.
   *
   * @param at milliseconds since the load began
   * @param met whether a process was there and ended of it
   * @param before the status on which it was decided
   */
  Kill(long at, String target, boolean met, SystemStatus before) {
    this.at = at;
    this.target = target;
    this.met = met;
    this.pid = server(before, target).map(ServerStatus::pid).orElse(0L);
    this.led = names(before, it -> it.leader().equals(target));
    served(before).forEach(it -> replied.put(it, NEVER));
  }

  boolean met() {
    return met;
  }

  /** The processes and partitions that callers got from the target. */
  List<String> places() {
    return List.copyOf(replied.keySet());
  }

  /** Whether full redundancy is still waited for. */
  boolean open() {
    return met && repaired.isEmpty();
  }

  /** Whether the first evidence is still waited for. */
  boolean undetected() {
    return open() && detected.isEmpty();
  }

  /** A server noticed that the process of another one ended. */
  void gone(String server, long now, List<TrialEvent> events) {
    if (undetected() && server.equals(target)) {
      detected(now, events);
    }
  }

  /** A server told its view. */
  void seen(SystemStatus status, long now, List<TrialEvent> events) {
    if (detected.isEmpty() && isEvidence(status)) {
      detected(now, events);
    }
    boolean whole = isAnotherProcess(status) && Redundancy.missing(status).isEmpty();
    if (!whole) {
      wholeSince = NEVER;
    } else if (wholeSince.isEmpty()) {
      wholeSince = OptionalLong.of(now - at); // one view may be old: the next one must agree
    } else {
      repaired = wholeSince;
      events.add(new TrialEvent.Repaired(target, repaired.getAsLong()));
    }
  }

  /** A place gave a real reply to what was asked for after the kill. */
  void replied(String place, boolean write, long intended, long now, List<TrialEvent> events) {
    if (!met || intended < at) {
      return;
    }
    if (replied.replace(place, NEVER, OptionalLong.of(now - at))) {
      events.add(new TrialEvent.Back(target, place, now - at));
    }
    if (write && led.contains(place) && !written.containsKey(place)) {
      written.put(place, OptionalLong.of(now - at));
    }
  }

  /** The figures of the report; rerouted is when the last place came back. */
  Report.Fault report() {
    boolean allBack = replied.values().stream().allMatch(OptionalLong::isPresent);
    OptionalLong last =
        allBack ? replied.values().stream().mapToLong(OptionalLong::getAsLong).max() : NEVER;
    return new Report.Fault(at, KIND, target, met, detected, last, repaired);
  }

  /** Every place that the target served, and how long it was away. */
  List<TrialResult.Away> aways() {
    return replied.entrySet().stream()
        .map(it ->
            new TrialResult.Away(
                at, target, it.getKey(), it.getValue(), written.getOrDefault(it.getKey(), NEVER)))
        .toList();
  }

  private void detected(long now, List<TrialEvent> events) {
    detected = OptionalLong.of(now - at);
    events.add(new TrialEvent.Detected(target, now - at));
  }

  private boolean isEvidence(SystemStatus status) {
    Optional<ServerStatus> now = server(status, target);
    return now.isEmpty()
        || now.get().state() != ServerState.READY
        || now.get().pid() != pid
        || status.partitions().stream()
            .anyMatch(it -> led.contains(name(it)) && !it.leader().equals(target));
  }

  private boolean isAnotherProcess(SystemStatus status) {
    return server(status, target).filter(it -> it.pid() != pid).isPresent();
  }

  /**
   * What callers got from this server: its stateless processes and the partitions that it led; of a
   * server that led none and has no stateless process, the partitions that it held.
   */
  private Set<String> served(SystemStatus before) {
    var served = new LinkedHashSet<>(led);
    List<String> hosts = server(before, target).map(ServerStatus::hosts).orElse(List.of());
    before.processes().stream()
        .filter(it -> it.kind() == ProcessKind.STATELESS && hosts.contains(it.name()))
        .forEach(it -> served.add(it.name()));
    return served.isEmpty() ? names(before, it -> it.members().contains(target)) : served;
  }

  private static Optional<ServerStatus> server(SystemStatus status, String name) {
    return status.servers().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  private static Set<String> names(SystemStatus status, Predicate<PartitionStatus> which) {
    var names = new LinkedHashSet<String>();
    // Callers ask nothing of the platform's own register, so no reply of it would ever be seen.
    status.partitions().stream()
        .filter(it -> !it.process().equals(Register.NAME))
        .filter(which)
        .forEach(it -> names.add(name(it)));
    return names;
  }

  private static String name(PartitionStatus partition) {
    return partition.process() + "/" + partition.id();
  }
}
