package io.hormesis.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One line of text in pieces of different styles, so that it can be cut to a width. */
final class Styled {
  static final String GREEN = "\033[32m";
  static final String YELLOW = "\033[33m";
  static final String RED = "\033[31m";
  static final String BOLD = "\033[1m";
  static final String DIM = "\033[2m";
  static final String PLAIN = "";
  private static final String RESET = "\033[0m";

  private final List<Piece> pieces = new ArrayList<>();

  private record Piece(String style, String text) {}

  Styled add(String style, String text) {
    pieces.add(new Piece(style, text));
    return this;
  }

  /** The same line, no longer than so many characters. */
  Styled cut(int width) {
    Styled shorter = new Styled();
    int left = Math.max(0, width);
    for (Piece piece : pieces) {
      String text = piece.text().substring(0, Math.min(left, piece.text().length()));
      shorter.add(piece.style(), text);
      left -= text.length();
    }
    return shorter;
  }

  /** The text alone. */
  String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  /** The text with the terminal's codes for its styles. */
  String coded() {
    return pieces.stream()
        .map(it -> it.style().isEmpty() ? it.text() : it.style() + it.text() + RESET)
        .collect(Collectors.joining());
  }
}
