package io.hormesis.cli;

import io.hormesis.server.ServerState;
import java.nio.charset.Charset;

/** One character for a server's state, so that colour is never the only sign. */
enum StatusGlyphs {
  ROUND("●", "✗", "◌"),
  ASCII("*", "x", "o");

  private final String ready;
  private final String dead;
  private final String other;

  StatusGlyphs(String ready, String dead, String other) {
    this.ready = ready;
    this.dead = dead;
    this.other = other;
  }

  /** The marks that a terminal of this character set can show; ASCII where the launcher says so. */
  static StatusGlyphs in(Charset charset) {
    boolean ascii = System.getProperty("hormesis.marks", "").equals("ascii");
    return !ascii && charset.newEncoder().canEncode(ROUND.ready + ROUND.dead + ROUND.other)
        ? ROUND
        : ASCII;
  }

  String of(ServerState state) {
    return switch (state) {
      case READY -> ready;
      case DEAD -> dead;
      case STARTING, DEGRADED, DRAINING, SUSPECT -> other;
    };
  }
}
