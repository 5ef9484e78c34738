package io.hormesis.edge;

/** What a caller sent, made fit to be shown back: at most 40 printable characters. */
final class Shown {
  private static final int LIMIT = 40;
  private static final int PATH_LIMIT = 200;

  private Shown() {}

  static String of(String value) {
    return printable(value.length() <= LIMIT ? value : value.substring(0, LIMIT) + "…");
  }

  /** The path of a field, of whose names callers may have chosen some. */
  static String path(String value) {
    return printable(value.length() <= PATH_LIMIT ? value : value.substring(0, PATH_LIMIT) + "…");
  }

  private static String printable(String start) {
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
