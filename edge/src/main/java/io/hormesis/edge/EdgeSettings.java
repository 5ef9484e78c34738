package io.hormesis.edge;

import java.time.Duration;

/**
 * Where a listener listens, and the limits that it keeps to.
 *
 * @param host a loopback address or name
 * @param port 0 lets the system choose one
 * @param bodyLimit largest body of a call, in bytes
 * @param times how long its connections may take
 * @param places how many connections there may be
 */
public record EdgeSettings(String host, int port, int bodyLimit, Times times, Room places) {

  /** How long the body of a call may take that leads nowhere. */
  static final Duration BODY_TIME = Duration.ofSeconds(5);

  private static final int BODY_LIMIT = 64 * 1024;

  /**
   * How long connections may take.
   *
   * @param head to send a whole head, from the first connection or the head's first byte on
   * @param call to be answered, and then to read the reply
   * @param idle to begin the next call
   * @param close calls under way may go on so long once the listener closes
   */
  public record Times(Duration head, Duration call, Duration idle, Duration close) {

    /** 5 s for a head, 10 s for a reply, 60 s between calls, 3 s to close. */
    public static final Times USUAL =
        new Times(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(3));

    public Times {
      check("head", head.isPositive(), head);
      check("call", call.isPositive(), call);
      check("idle", idle.isPositive(), idle);
      check("close", close.isPositive(), close);
    }
  }

  /**
   * How many connections there may be.
   *
   * @param speaking that have sent a whole head once
   * @param silent that have not
   * @param perAddress of both, from one address
   */
  public record Room(int speaking, int silent, int perAddress) {

    /** 1024 that have spoken, 512 that have not, 512 from one address. */
    public static final Room USUAL = new Room(1024, 512, 512);

    public Room {
      check("speaking", speaking > 0, speaking);
      check("silent", silent > 0, silent);
      check("perAddress", perAddress > 0, perAddress);
    }
  }

  public EdgeSettings {
    if (port < 0 || port > 65_535) {
      throw new EdgeException(
          "port of the edge must be 0 to 65535, but was %d: choose another".formatted(port));
    }
    check("bodyLimit", bodyLimit > 0, bodyLimit);
  }

  /** The usual limits, and bodies of 64 KiB. */
  public static EdgeSettings on(String host, int port) {
    return new EdgeSettings(host, port, BODY_LIMIT, Times.USUAL, Room.USUAL);
  }

  private static void check(String name, boolean kept, Object value) {
    if (!kept) {
      throw new EdgeException(
          "limit %s of the edge must be more than 0, but was %s: choose another"
              .formatted(name, value));
    }
  }
}
