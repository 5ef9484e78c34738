package io.hormesis.engine.delivery;

/** Text as an error shows it: short, and on one line. */
final class Printable {
  private static final int MOST = 40;

  private Printable() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(MOST)
        .map(it -> Character.isISOControl(it) || isLone(it) ? '?' : it)
        .forEach(shown::appendCodePoint);
    return text.length() > MOST ? shown + "…" : shown.toString();
  }

  private static boolean isLone(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
