package io.hormesis.cli;

import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.TrialEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * What the live view shows: the servers and their states, a column for each region; what the last
 * second of load brought; the last kill and how long each place was away after it. Events go in,
 * lines come out. Not thread-safe.
 */
final class DashboardModel {
  private static final int CELL = 24;
  private static final int LABEL = 12;
  private static final int MOST_NOTICED = 5;
  private static final AttributedStyle BOLD = AttributedStyle.DEFAULT.bold();
  private static final AttributedStyle FAINT = AttributedStyle.DEFAULT.faint();
  private static final AttributedStyle GREEN = color(AttributedStyle.GREEN);
  private static final AttributedStyle YELLOW = color(AttributedStyle.YELLOW);
  private static final AttributedStyle RED = color(AttributedStyle.RED);

  private final Map<String, List<String>> regions = new TreeMap<>();
  private final Map<String, ServerState> states = new LinkedHashMap<>();
  private final Map<String, Long> away = new TreeMap<>();
  private String head = "starting";
  private final Deque<String> elected = new ArrayDeque<>();
  private final Deque<String> isolated = new ArrayDeque<>();
  private String load = "";
  private String waits = "";
  private long waitsUntilMillis;
  private String kill = "";
  private String repaired = "";
  private Optional<SystemStatus> status = Optional.empty();
  private long kills;
  private long sent;
  private long failed;
  private long defaultReplies;

  void starting(String application, List<ServerAddress> servers, String data) {
    head = "%s, %d servers, data in %s".formatted(application, servers.size(), data);
    for (ServerAddress server : servers) {
      regions.computeIfAbsent(server.region(), _ -> new ArrayList<>()).add(server.name());
      states.putIfAbsent(server.name(), ServerState.STARTING);
    }
  }

  void state(String server, ServerState state) {
    states.put(server, state);
  }

  void noticed(String server, ServerEvent.Noticed what) {
    switch (what) {
      case ServerEvent.Elected(String process, int partition, _) ->
          last(elected, "%s/%d on %s".formatted(process, partition, server));
      case ServerEvent.Isolated(String instance, long millis) ->
          last(isolated, "%s on %s for %d ms".formatted(instance, server, millis));
      case ServerEvent.ServerGone _ -> {}
    }
  }

  /** The newest comes first. */
  private static void last(Deque<String> all, String one) {
    all.addFirst(one);
    if (all.size() > MOST_NOTICED) {
      all.removeLast();
    }
  }

  void on(TrialEvent told) {
    switch (told) {
      case TrialEvent.Unsteady unsteady ->
          load =
              "warming up: %d of %d requests got no quick reply"
                  .formatted(unsteady.unsteady(), unsteady.sent());
      case TrialEvent.Began began ->
          load = "%d requests a second, seed %d".formatted(began.perSecond(), began.seed());
      case TrialEvent.Seen seen -> status = Optional.of(seen.status());
      case TrialEvent.Second second -> count(second);
      case TrialEvent.Struck struck -> struck(struck);
      case TrialEvent.Waits monkey -> waits(monkey);
      case TrialEvent.Detected detected ->
          kill += ", seen after %d ms".formatted(detected.afterMillis());
      case TrialEvent.Back back -> away.put(back.place(), back.afterMillis());
      case TrialEvent.Repaired event ->
          repaired = "whole again after " + seconds(event.afterMillis());
      case TrialEvent.Counting counting ->
          load = "ended; read back %d of %d writes".formatted(counting.read(), counting.total());
      case TrialEvent.Judged _ -> {}
    }
  }

  /** The lines, none wider than the terminal and no more than it has rows. */
  List<AttributedString> lines(int rows, int columns, Duration elapsed, StatusGlyphs glyphs) {
    List<AttributedString> lines = new ArrayList<>();
    String clock = "%d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
    lines.add(styled().styled(BOLD, head).append("  " + clock).toAttributedString());
    servers(lines, glyphs, Math.max(1, columns / CELL));
    status.ifPresent(it -> labelled(lines, "partitions", partitions(it)));
    labelled(lines, "elections", String.join(", ", elected));
    labelled(lines, "isolations", String.join(", ", isolated));
    labelled(lines, "load", load);
    labelled(lines, "so far", sent == 0 ? "" : soFar());
    labelled(lines, "waits", waits);
    labelled(lines, "last kill", kill);
    lasting(lines, columns);
    labelled(lines, "", repaired);
    return lines.stream()
        .limit(Math.max(1, rows - 1))
        .map(it -> it.columnSubSequence(0, columns - 1))
        .toList();
  }

  private void servers(List<AttributedString> lines, StatusGlyphs glyphs, int across) {
    List<List<String>> columns = List.copyOf(regions.values());
    for (int first = 0; first < columns.size(); first += across) {
      List<List<String>> some = columns.subList(first, Math.min(columns.size(), first + across));
      int rows = some.stream().mapToInt(List::size).max().orElse(0);
      for (int row = 0; row < rows; row++) {
        AttributedStringBuilder line = styled().append("  ");
        for (List<String> region : some) {
          if (row < region.size()) {
            cell(line, region.get(row), glyphs);
          } else {
            line.append(" ".repeat(CELL));
          }
        }
        lines.add(line.toAttributedString());
      }
    }
  }

  private void cell(AttributedStringBuilder line, String server, StatusGlyphs glyphs) {
    ServerState state = states.getOrDefault(server, ServerState.STARTING);
    AttributedStyle style =
        switch (state) {
          case READY -> GREEN;
          case DEAD -> RED;
          case STARTING, DEGRADED, DRAINING, SUSPECT -> YELLOW;
        };
    line.styled(style, glyphs.of(state)).append(" %-22s".formatted(server + " " + state.word()));
  }

  /** Places that were away, longest first, as many as fit on a line. */
  private void lasting(List<AttributedString> lines, int columns) {
    StringBuilder line = new StringBuilder();
    List<Map.Entry<String, Long>> places = new ArrayList<>(away.entrySet());
    places.sort(Map.Entry.<String, Long>comparingByValue().reversed());
    for (Map.Entry<String, Long> place : places) {
      String one = "%s %d ms".formatted(place.getKey(), place.getValue());
      if (!line.isEmpty() && LABEL + 4 + line.length() + one.length() > columns) {
        labelled(lines, "", line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "away: " : ", ").append(one);
    }
    labelled(lines, "", line.toString());
  }

  private static void labelled(List<AttributedString> lines, String label, String text) {
    if (!text.isEmpty()) {
      String padded = "  %-12s".formatted(label);
      lines.add(styled().styled(FAINT, padded).append(text).toAttributedString());
    }
  }

  /** It is told every five seconds for as long as it is so. */
  private void waits(TrialEvent.Waits monkey) {
    waits = monkey.unsteadyReason();
    waitsUntilMillis = monkey.atMillis() + 6_000;
  }

  private void count(TrialEvent.Second second) {
    if (second.second() * 1_000 > waitsUntilMillis) {
      waits = "";
    }
    sent += second.inSecond().sent();
    failed += second.inSecond().failed();
    defaultReplies += second.inSecond().defaultReplies();
    load = "%d requests/s, %d under way".formatted(second.inSecond().sent(), second.underWay());
  }

  private String soFar() {
    return "%d requests, %d failed, %d default replies%s"
        .formatted(sent, failed, defaultReplies, kills == 0 ? "" : ", %d kills".formatted(kills));
  }

  private void struck(TrialEvent.Struck struck) {
    kills += struck.met() ? 1 : 0;
    kill = "%s at %s (%s)".formatted(struck.target(), seconds(struck.atMillis()), struck.reason());
    repaired = "";
    waits = "";
    away.clear();
  }

  private static AttributedStyle color(int color) {
    return AttributedStyle.DEFAULT.foreground(color);
  }

  private static AttributedStringBuilder styled() {
    return new AttributedStringBuilder();
  }

  private static String partitions(SystemStatus status) {
    long inSync =
        status.partitions().stream().filter(it -> it.inSync() == it.members().size()).count();
    return "%d of %d with all members in sync".formatted(inSync, status.partitions().size());
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
