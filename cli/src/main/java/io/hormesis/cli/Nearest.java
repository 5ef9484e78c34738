package io.hormesis.cli;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what somebody meant who mistyped a word: the known one with the fewest edits between. */
final class Nearest {
  private Nearest() {}

  static String of(String word, Collection<String> known) {
    return known.stream().min(Comparator.comparingInt(it -> distance(word, it))).orElse("");
  }

  /** Levenshtein distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int substitution = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
