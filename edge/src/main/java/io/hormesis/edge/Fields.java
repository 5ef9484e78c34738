package io.hormesis.edge;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names that a caller may give, and the one that was perhaps meant by a wrong one. */
final class Fields {
  private static final int NEAR = 2;

  private Fields() {}

  /** The end of an error's text about an unknown name. */
  static String unknown(String name, List<String> known, Optional<String> meant) {
    return "\"%s\" must be %s, but is not: %s"
        .formatted(
            Shown.of(name),
            known.isEmpty() ? "left away" : "one of " + String.join(", ", known),
            meant.map("did you mean \"%s\"?"::formatted).orElse("remove it"));
  }

  /** The known name that is at most two slips of a finger away from a given one. */
  static Optional<String> nearest(String given, List<String> known) {
    String small = given.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(it ->
            distance(small, it.toLowerCase(Locale.ROOT)) <= Math.min(NEAR, small.length() / 2))
        .min(Comparator.comparingInt(it -> distance(small, it.toLowerCase(Locale.ROOT))));
  }

  /** Levenshtein's distance; names that differ in length by more than counts are far apart. */
  private static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > NEAR) {
      return Integer.MAX_VALUE;
    }
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
