package io.hormesis.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a test did, and what came of it, with the virtual times: for the reader of a failure. */
final class Diary {
  private static final int LINES = 40;
  private static final int LINE = 200;

  private final Deque<String> lines = new ArrayDeque<>();
  private int left;

  void note(Duration at, String what) {
    if (lines.size() == LINES) {
      lines.removeFirst();
      left++;
    }
    String line = String.format(Locale.ROOT, "  %9.3f s  %s", at.toNanos() / 1e9, what);
    lines.addLast(line.length() <= LINE ? line : line.substring(0, LINE) + "…");
  }

  /** Where another diary goes on otherwise; empty when that is in none of the lines kept. */
  Optional<String> parting(Diary other) {
    Iterator<String> mine = lines.iterator();
    Iterator<String> others = other.lines.iterator();
    while (left == other.left && (mine.hasNext() || others.hasNext())) {
      String once = mine.hasNext() ? mine.next().strip() : "it ended";
      String again = others.hasNext() ? others.next().strip() : "it ended";
      if (!once.equals(again)) {
        return Optional.of("    once:  %s%n    again: %s%n".formatted(once, again));
      }
    }
    return Optional.empty();
  }

  /** Its last lines; says how many are left out. */
  @Override
  public String toString() {
    String head =
        left == 0 ? "  what it did, in virtual time:%n" : "  what it did last (%d lines before):%n";
    return head.formatted(left)
        + lines.stream().collect(Collectors.joining(System.lineSeparator()))
        + System.lineSeparator();
  }
}
