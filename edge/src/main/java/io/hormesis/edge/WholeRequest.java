package io.hormesis.edge;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Tells where a request ends that has come whole, without taking it apart: for those who refuse it
 * whatever it says. It knows only the plain form that nearly all have; what looks like anything
 * else is left to the {@link RequestDecoder}, so that no two readers ever see two different
 * requests in the same bytes.
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

  private WholeRequest() {}

  /**
   * The bytes of the request that begins at the reader's index, its body included.
   *
   * @param bodyLimit longer bodies are not plain
   * @return {@link #NONE} when it is not plain, or not all there
   */
  static int length(ByteBuf in, int bodyLimit) {
    int begin = in.readerIndex();
    int end = Math.min(in.writerIndex(), begin + RequestDecoder.LINE_LIMIT);
    int line = endOfLine(in, begin, end);
    if (line == NONE || !plainLine(in, begin, line)) {
      return NONE;
    }
    int body = -1;
    boolean host = false;
    for (int at = line + 2; ; at = line + 2) {
      line = endOfLine(in, at, end);
      if (line == NONE) {
        return NONE;
      }
      if (line == at) {
        int all = line + 2 - begin + Math.max(0, body);
        return host && all <= in.readableBytes() ? all : NONE;
      }
      if (!host && begins(in, at, line, HOST)) {
        host = true;
        if (!plainValue(in, at + HOST.length, line)) {
          return NONE;
        }
      } else if (body < 0 && begins(in, at, line, LENGTH)) {
        body = number(in, at + LENGTH.length, line, bodyLimit);
        if (body < 0) {
          return NONE;
        }
      } else if (!plainHeader(in, at, line)) {
        return NONE;
      }
    }
  }

  /** The index of the next CRLF; a line that ends otherwise is not plain. */
  private static int endOfLine(ByteBuf in, int from, int to) {
    int end = in.indexOf(from, to, (byte) '\n');
    return end > from && in.getByte(end - 1) == '\r' ? end - 1 : NONE;
  }

  /** A method whose replies have a body, one target without spaces, and the version. */
  private static boolean plainLine(ByteBuf in, int from, int to) {
    int target = in.indexOf(from, to, (byte) ' ') + 1;
    int version = to - VERSION.length;
    return target > from
        && target < version
        && isPlainMethod(in, from, target)
        && begins(in, version, to, VERSION)
        && all(in, target, version, it -> it > ' ' && it < DELETE);
  }

  private static boolean isPlainMethod(ByteBuf in, int from, int to) {
    for (byte[] method : METHODS) {
      if (to - from == method.length && begins(in, from, to, method)) {
        return all(in, from, to, it -> it <= 'Z');
      }
    }
    return false;
  }

  private static boolean all(ByteBuf in, int from, int to, IntPredicate plain) {
    for (int at = from; at < to; at++) {
      if (!plain.test(in.getByte(at))) {
        return false;
      }
    }
    return true;
  }

  private static boolean plainHeader(ByteBuf in, int from, int to) {
    if (to - from == KEEP_ALIVE.length && begins(in, from, to, KEEP_ALIVE)) {
      return true;
    }
    for (byte[] name : SPECIAL) {
      if (begins(in, from, to, name)) {
        return false;
      }
    }
    int colon = in.indexOf(from, to, (byte) ':');
    return colon > from
        && all(in, from, colon, it -> it == '-' || Character.isLetterOrDigit(it))
        && plainValue(in, colon + 1, to);
  }

  private static boolean plainValue(ByteBuf in, int from, int to) {
    return all(in, from, to, it -> it >= ' ' && it < DELETE);
  }

  /** Whether a line begins with small letters, however it writes them. */
  private static boolean begins(ByteBuf in, int from, int to, byte[] small) {
    if (to - from < small.length) {
      return false;
    }
    for (int i = 0; i < small.length; i++) {
      byte had = in.getByte(from + i);
      if ((had >= 'A' && had <= 'Z' ? had + 32 : had) != small[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(ByteBuf in, int from, int to, int limit) {
    int at = from;
    while (at < to && in.getByte(at) == ' ') {
      at++;
    }
    if (at == to || to - at > DIGITS) {
      return NONE;
    }
    int number = 0;
    for (; at < to; at++) {
      int digit = in.getByte(at) - '0';
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
