package io.hormesis.edge;

import io.netty.buffer.ByteBuf;

/**
 * Looks at each byte of a request's head once, for what the decoder takes in silence: a header that
 * goes on in the next line (obs-fold, RFC 9112, section 5.2).
 */
final class HeadScan {
  private int ahead;
  private boolean started;
  private boolean begun;
  private boolean ended;
  private boolean folded;
  private boolean lineBegins;

  /** A new head begins with the next byte. */
  void begin() {
    ahead = 0;
    started = false;
    begun = false;
    ended = false;
    folded = false;
    lineBegins = false;
  }

  /** Whether nothing of the head has come. */
  boolean atBegin() {
    return !started;
  }

  /**
   * Goes on with what has come.
   *
   * @return whether these are the first bytes of the head
   */
  boolean goOn(ByteBuf in) {
    boolean first = !started && in.isReadable();
    started |= first;
    for (int at = in.readerIndex() + ahead; at < in.writerIndex() && !ended; at++, ahead++) {
      look(in.getByte(at));
    }
    return first;
  }

  private void look(byte next) {
    switch (next) {
      case '\n' -> {
        ended = begun && lineBegins;
        lineBegins = true;
      }
      case '\r' -> {}
      case ' ', '\t' -> {
        folded |= begun && lineBegins;
        begun = true;
        lineBegins = false;
      }
      default -> {
        begun = true;
        lineBegins = false;
      }
    }
  }

  /** The decoder has taken bytes. */
  void taken(int bytes) {
    ahead = Math.max(0, ahead - bytes);
  }

  boolean folded() {
    return folded;
  }
}
