package io.hormesis.edge;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Tells where a request ends that has come whole, without taking it apart: for those who refuse it
 * whatever it says. It knows only the plain form that nearly all have; what looks like anything
 * else is left to the {@link RequestDecoder}, so that no two readers ever see two different
 * requests in the same bytes.
 *
 * <p>Used by one thread.
 */
final class WholeRequest {
  /** Not a plain one, or not all of it is there. */
  static final int NONE = -1;

  private static final int DIGITS = 6;
  private static final int DELETE = 127;
  private static final byte[][] METHODS = {
    ascii("get "), ascii("post "), ascii("put "), ascii("delete ")
  };
  private static final byte[] VERSION = ascii(" http/1.1");
  private static final byte[] HOST = ascii("host:");
  private static final byte[] LENGTH = ascii("content-length:");
  private static final byte[] KEEP_ALIVE = ascii("connection: keep-alive");

  /** Headers that change where the request ends, or what must be answered. */
  private static final byte[][] SPECIAL = {
    ascii("transfer-encoding"),
    ascii("connection:"),
    ascii("expect:"),
    ascii("upgrade:"),
    ascii("content-encoding:"),
    ascii("content-length"),
    ascii("host")
  };

  private final byte[] bytes = new byte[RequestDecoder.LINE_LIMIT];

  /**
   * The bytes of the request that begins at the reader's index, its body included.
   *
   * @param bodyLimit longer bodies are not plain
   * @return {@link #NONE} when it is not plain, or not all there
   */
  int length(ByteBuf in, int bodyLimit) {
    int end = Math.min(in.readableBytes(), bytes.length);
    in.getBytes(in.readerIndex(), bytes, 0, end);
    int line = endOfLine(0, end);
    if (line == NONE || !plainLine(0, line)) {
      return NONE;
    }
    int body = -1;
    boolean host = false;
    for (int at = line + 2; ; at = line + 2) {
      line = endOfLine(at, end);
      if (line == NONE) {
        return NONE;
      }
      if (line == at) {
        int all = line + 2 + Math.max(0, body);
        return host && all <= in.readableBytes() ? all : NONE;
      }
      if (!host && begins(at, line, HOST)) {
        host = true;
        if (!plainValue(at + HOST.length, line)) {
          return NONE;
        }
      } else if (body < 0 && begins(at, line, LENGTH)) {
        body = number(at + LENGTH.length, line, bodyLimit);
        if (body < 0) {
          return NONE;
        }
      } else if (!plainHeader(at, line)) {
        return NONE;
      }
    }
  }

  /** The index of the next CRLF; a line that ends otherwise is not plain. */
  private int endOfLine(int from, int to) {
    int end = indexOf(from, to, '\n');
    return end > from && bytes[end - 1] == '\r' ? end - 1 : NONE;
  }

  private int indexOf(int from, int to, char wanted) {
    for (int at = from; at < to; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return NONE;
  }

  /** A method whose replies have a body, one target without spaces, and the version. */
  private boolean plainLine(int from, int to) {
    int target = indexOf(from, to, ' ') + 1;
    int version = to - VERSION.length;
    return target > from
        && target < version
        && isPlainMethod(from, target)
        && begins(version, to, VERSION)
        && all(target, version, it -> it > ' ' && it < DELETE);
  }

  private boolean isPlainMethod(int from, int to) {
    for (byte[] method : METHODS) {
      if (to - from == method.length && begins(from, to, method)) {
        return all(from, to, it -> it <= 'Z');
      }
    }
    return false;
  }

  private boolean all(int from, int to, IntPredicate plain) {
    for (int at = from; at < to; at++) {
      if (!plain.test(bytes[at])) {
        return false;
      }
    }
    return true;
  }

  private boolean plainHeader(int from, int to) {
    if (to - from == KEEP_ALIVE.length && begins(from, to, KEEP_ALIVE)) {
      return true;
    }
    for (byte[] name : SPECIAL) {
      if (begins(from, to, name)) {
        return false;
      }
    }
    int colon = indexOf(from, to, ':');
    return colon > from
        && all(from, colon, it -> it == '-' || Character.isLetterOrDigit(it))
        && plainValue(colon + 1, to);
  }

  private boolean plainValue(int from, int to) {
    return all(from, to, it -> it >= ' ' && it < DELETE);
  }

  /** Whether a line begins with small letters, however it writes them. */
  private boolean begins(int from, int to, byte[] small) {
    if (to - from < small.length) {
      return false;
    }
    for (int i = 0; i < small.length; i++) {
      byte had = bytes[from + i];
      if ((had >= 'A' && had <= 'Z' ? had + 32 : had) != small[i]) {
        return false;
      }
    }
    return true;
  }

  private int number(int from, int to, int limit) {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    if (at == to || to - at > DIGITS) {
      return NONE;
    }
    int number = 0;
    for (; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      number = number * 10 + digit;
    }
    return number <= limit ? number : NONE;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
