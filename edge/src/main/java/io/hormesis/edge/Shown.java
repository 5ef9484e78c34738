package io.hormesis.edge;

/** What a caller sent, made fit to be shown back: at most 40 printable characters. */
final class Shown {
  private static final int LIMIT = 40;

  private Shown() {}

  static String of(String value) {
    String start = value.length() <= LIMIT ? value : value.substring(0, LIMIT) + "…";
    return start
        .codePoints()
        .map(it -> Character.isISOControl(it) || surrogate(it) ? '?' : it)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean surrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
