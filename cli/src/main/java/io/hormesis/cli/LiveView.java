package io.hormesis.cli;

import io.hormesis.server.ServerAddress;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.TrialEvent;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A few lines that are drawn again in their place: servers and their states, what a second brought,
 * the last kill and how long each partition was away. State is told by word and mark, and by colour
 * besides.
 */
final class LiveView implements View {
  private static final String GREEN = "\033[32m";
  private static final String YELLOW = "\033[33m";
  private static final String RED = "\033[31m";
  private static final String BOLD = "\033[1m";
  private static final String PLAIN = "\033[0m";

  private final PrintStream out;
  private final Map<String, String> states = new LinkedHashMap<>();
  private final Map<String, Long> away = new LinkedHashMap<>();
  private String head = "";
  private String load = "";
  private String kill = "";
  private String repair = "";
  private Optional<SystemStatus> status = Optional.empty();
  private long failed;
  private int drawn;

  LiveView(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void starting(String application, RunningSystem system) {
    head =
        "%s: %d servers, data in %s".formatted(application, system.servers().size(), system.data());
    system.servers().forEach(server -> states.putIfAbsent(server.name(), "starting"));
    draw();
  }

  @Override
  public synchronized void ready(List<ServerAddress> servers, Duration took) {
    erase();
    for (ServerAddress server : servers) {
      out.printf("%s (region %s) at %s%n", server.name(), server.region(), server.edgeUrl());
    }
    out.printf(
        Locale.ROOT,
        "%d of %d ready after %.1f s%n",
        servers.size(),
        servers.size(),
        took.toMillis() / 1000.0);
    draw();
  }

  @Override
  public synchronized void started(String server, long pid) {
    states.put(server, "starting");
    draw();
  }

  @Override
  public synchronized void ended(String server, long pid, int exit, boolean ordered) {
    states.put(server, "dead");
    draw();
  }

  @Override
  public synchronized void state(String server, String state, String reason) {
    states.put(server, reason.isEmpty() ? state : state + " (" + reason + ")");
    draw();
  }

  @Override
  public synchronized void givenUp(String server, String reason) {
    states.put(server, "dead (" + reason + ")");
    draw();
  }

  @Override
  public synchronized void on(TrialEvent event) {
    switch (event) {
      case TrialEvent.Began began ->
          load = "load of %d requests a second, seed %d".formatted(began.perSecond(), began.seed());
      case TrialEvent.Seen seen -> status = Optional.of(seen.status());
      case TrialEvent.Second second -> took(second);
      case TrialEvent.Struck struck -> struck(struck);
      case TrialEvent.Detected detected ->
          kill += ", seen after %d ms".formatted(detected.afterMillis());
      case TrialEvent.Back back -> away.put(back.place(), back.afterMillis());
      case TrialEvent.Repaired repaired ->
          repair =
              String.format(
                  Locale.ROOT, "whole again after %.1f s", repaired.afterMillis() / 1000.0);
      case TrialEvent.Counting counting ->
          load = "reading back: %d of %d".formatted(counting.read(), counting.total());
      case TrialEvent.Judged _ -> {}
    }
    draw();
  }

  @Override
  public synchronized void verdict(List<String> lines) {
    erase();
    lines.forEach(out::println);
  }

  @Override
  public synchronized void close() {
    out.flush();
  }

  private void took(TrialEvent.Second second) {
    failed += second.inSecond().failed();
    load =
        "second %d: %d requests/s, %d under way, %d failed so far, %d default replies"
            .formatted(
                second.second(),
                second.inSecond().sent(),
                second.underWay(),
                failed,
                second.inSecond().defaultReplies());
  }

  private void struck(TrialEvent.Struck struck) {
    kill =
        String.format(
            Locale.ROOT,
            "%s %s at %.1f s (%s)",
            struck.kind(),
            struck.target(),
            struck.atMillis() / 1000.0,
            struck.reason());
    repair = "";
    away.clear();
  }

  private void draw() {
    List<String> lines = new ArrayList<>();
    lines.add(BOLD + head + PLAIN);
    states.forEach((server, state) -> lines.add("  " + marked(server, state)));
    status.ifPresent(it -> lines.add("  " + partitions(it)));
    if (!load.isEmpty()) {
      lines.add(load);
    }
    if (!kill.isEmpty()) {
      lines.add(RED + "✗ " + PLAIN + kill);
      away.forEach(
          (place, millis) -> lines.add("    %s was away for %d ms".formatted(place, millis)));
      lines.add("    " + repair);
    }
    erase();
    lines.forEach(line -> out.println(line));
    drawn = lines.size();
    out.flush();
  }

  private void erase() {
    if (drawn > 0) {
      out.printf("\033[%dA\033[J", drawn);
      drawn = 0;
    }
  }

  private static String marked(String server, String state) {
    String word = state.split(" ", 2)[0];
    return switch (word) {
      case "ready" -> GREEN + "● " + PLAIN + server + " " + state;
      case "dead" -> RED + "✗ " + PLAIN + server + " " + state;
      default -> YELLOW + "◌ " + PLAIN + server + " " + state;
    };
  }

  private static String partitions(SystemStatus status) {
    long whole =
        status.partitions().stream().filter(it -> it.inSync() == it.members().size()).count();
    return "%d of %d partitions have all members in sync"
        .formatted(whole, status.partitions().size());
  }
}
