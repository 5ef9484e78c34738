package io.hormesis.edge;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection table of one listener: who may be connected, and who must give way.
 *
 * <p>A connection that has never sent a whole head is silent, and has a place among the silent ones
 * only; those are few, and the longest silent one gives way to each that comes when they are full.
 * So a flood of silent connections takes no place from callers who speak. Of the others each is
 * either busy with a call, or it waits: for its next head, for the rest of a body, or for its
 * caller to read. When all places are taken, the one that has waited longest gives way to one that
 * speaks. What is busy never does.
 *
 * <p>Each address has a cap. Beyond it, its own longest silent or waiting connection gives way.
 *
 * <p>Used by one thread.
 */
final class Places {
  private final EdgeSettings.Room room;
  private final Set<Connection> silent = new LinkedHashSet<>();
  private final Set<Connection> waiting = new LinkedHashSet<>();
  private final Set<Connection> busy = new LinkedHashSet<>();
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();

  Places(EdgeSettings.Room room) {
    this.room = room;
  }

  /** One that has a place. */
  interface Connection {

    InetAddress address();

    /** Ends it, for another one needs its place. It has none any more. */
    void giveWay();
  }

  /** A new connection takes a place among the silent ones; false when it must be closed. */
  boolean open(Connection opened) {
    InetAddress address = opened.address();
    if (byAddress.getOrDefault(address, 0) >= room.perAddress()
        && !(displace(silent, address) || displace(waiting, address))) {
      return false;
    }
    if (silent.size() >= room.silent()) {
      displace(silent, null);
    }
    silent.add(opened);
    byAddress.merge(address, 1, Integer::sum);
    return true;
  }

  /** A connection has sent a whole head; false when there is no place for a call of it. */
  boolean speaks(Connection speaker) {
    if (waiting.remove(speaker) || busy.contains(speaker)) {
      busy.add(speaker);
      return true;
    }
    if (waiting.size() + busy.size() >= room.speaking() && !displace(waiting, null)) {
      return false;
    }
    silent.remove(speaker);
    busy.add(speaker);
    return true;
  }

  /** A connection that has spoken waits from now on. */
  void waits(Connection one) {
    if (busy.remove(one) || waiting.remove(one)) {
      waiting.add(one);
    }
  }

  /** A connection that waited is busy with a call again. */
  void works(Connection one) {
    if (waiting.remove(one)) {
      busy.add(one);
    }
  }

  /** A connection has ended, whyever. */
  void closed(Connection gone) {
    if (silent.remove(gone) || waiting.remove(gone) || busy.remove(gone)) {
      byAddress.computeIfPresent(gone.address(), (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  int count() {
    return silent.size() + waiting.size() + busy.size();
  }

  /** Ends all that are not busy. */
  void clear() {
    while (displace(silent, null) || displace(waiting, null)) {
      // until there is none
    }
  }

  /** The one that has been longest in a set gives way; false when there is none. */
  private boolean displace(Set<Connection> among, @Nullable InetAddress of) {
    for (Iterator<Connection> all = among.iterator(); all.hasNext(); ) {
      Connection one = all.next();
      if (of == null || of.equals(one.address())) {
        closed(one);
        one.giveWay();
        return true;
      }
    }
    return false;
  }
}
