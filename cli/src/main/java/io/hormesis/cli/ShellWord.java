package io.hormesis.cli;

/** A word of a command that is printed to be typed again. */
final class ShellWord {
  private ShellWord() {}

  /** The word as a shell reads it. */
  static String quoted(Object word) {
    String text = word.toString();
    return text.matches("[A-Za-z0-9_./+:@-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
