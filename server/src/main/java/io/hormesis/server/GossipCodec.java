package io.hormesis.server;

import io.hormesis.engine.delivery.PlainCodec;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The codec of status gossip: writes this server's and reads that of the others. Each says the
 * whole, and is mostly the last one again: then it is neither encoded nor decoded another time.
 * Thread-safe.
 */
final class GossipCodec {
  private final PlainCodec codec;
  private final Map<String, Known> heard = new ConcurrentHashMap<>();
  private volatile Set<String> servers;
  private volatile Optional<Known> said = Optional.empty();

  /**
   * Begins with nothing said or heard.
   *
   * @param servers whose gossip is kept until their next
   */
  GossipCodec(PlainCodec codec, Collection<String> servers) {
    this.codec = codec;
    this.servers = Set.copyOf(servers);
  }

  /** These are the servers from now on. */
  void placed(Collection<String> names) {
    servers = Set.copyOf(names);
    heard.keySet().retainAll(servers);
  }

  byte[] encode(StatusGossip gossip) {
    Optional<Known> last = said;
    if (last.isPresent() && last.get().gossip().equals(gossip)) {
      return last.get().body();
    }
    byte[] body = codec.encode(WireGossip.of(gossip));
    said = Optional.of(new Known(body, gossip));
    return body;
  }

  /**
   * Reads an announcement.
   *
   * @throws io.hormesis.engine.delivery.MalformedMessage when the bytes are none
   */
  StatusGossip decode(String from, byte[] body) {
    Known last = heard.get(from);
    if (last != null && Arrays.equals(last.body(), body)) {
      return last.gossip();
    }
    StatusGossip gossip = read(codec, body);
    if (servers.contains(from)) {
      heard.put(from, new Known(body, gossip));
    }
    return gossip;
  }

  /**
   * Reads an announcement of whomever.
   *
   * @throws io.hormesis.engine.delivery.MalformedMessage when the bytes are none
   */
  static StatusGossip read(PlainCodec codec, byte[] body) {
    return ((WireGossip) codec.decode(body, WireGossip.class)).gossip();
  }

  /**
   * An announcement as it travels. Its state is a word: one that only a newer server knows must not
   * make that server silent to an older one.
   */
  private record WireGossip(
      String server,
      long pid,
      long incarnation,
      long topology,
      String state,
      String reason,
      String version,
      List<StatusGossip.Lead> leads) {

    static WireGossip of(StatusGossip gossip) {
      return new WireGossip(
          gossip.server(),
          gossip.pid(),
          gossip.incarnation(),
          gossip.topology(),
          gossip.state().word(),
          gossip.reason(),
          gossip.version(),
          gossip.leads());
    }

    StatusGossip gossip() {
      return new StatusGossip(
          server, pid, incarnation, topology, ServerState.of(state), reason, version, leads);
    }
  }

  /** An announcement and its bytes, which nobody changes. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Known(byte[] body, StatusGossip gossip) {}
}
