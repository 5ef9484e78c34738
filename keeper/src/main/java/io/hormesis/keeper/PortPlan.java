package io.hormesis.keeper;

import io.hormesis.server.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which server listens where: a block of ten ports for each server, of which it uses three, in the
 * order of their names.
 */
public final class PortPlan {
  private static final String HOST = "127.0.0.1";
  private static final int BLOCK = 10;
  private static final int HIGHEST = 65_535;
  private static final int MOST_TRIES = 200;

  /**
   * Ports that are picked lie below those that operating systems give to outgoing connections: a
   * server that is down for a moment must find its own ports free when it comes back.
   */
  private static final int LOWEST_PICKED = 10_000;

  private static final int HIGHEST_PICKED = 32_000;

  private PortPlan() {}

  /**
   * Plans the addresses.
   *
   * @param regions how many regions, named a, b, c …
   * @param serversEach how many servers each, numbered from 1
   * @param first the first port
   * @throws KeeperException when the numbers cannot be
   */
  public static List<ServerAddress> of(int regions, int serversEach, int first) {
    check("--regions", regions, 1, 9);
    check("--servers", serversEach, 1, 9);
    check("--port", first, 1, HIGHEST + 1 - regions * serversEach * BLOCK);
    List<ServerAddress> servers = new ArrayList<>();
    for (int region = 0; region < regions; region++) {
      String name = String.valueOf((char) ('a' + region));
      for (int server = 1; server <= serversEach; server++) {
        servers.add(address(name + server, name, first + servers.size() * BLOCK));
      }
    }
    return servers;
  }

  /**
   * Plans addresses whose ports are free now.
   *
   * @param random draws where to look
   * @throws KeeperException when no block of free ports is found
   */
  public static List<ServerAddress> picked(int regions, int serversEach, RandomGenerator random) {
    check("--regions", regions, 1, 9);
    check("--servers", serversEach, 1, 9);
    int needed = regions * serversEach * BLOCK;
    return IntStream.range(0, MOST_TRIES)
        .map(_ -> random.nextInt(LOWEST_PICKED, HIGHEST_PICKED - needed))
        .mapToObj(first -> of(regions, serversEach, first))
        .filter(PortPlan::allFree)
        .findFirst()
        .orElseThrow(() ->
            new KeeperException(
                "%d free ports in a row must be found between %d and %d, but %d tries found none: choose them with --port N"
                    .formatted(needed, LOWEST_PICKED, HIGHEST_PICKED, MOST_TRIES)));
  }

  /**
   * Makes sure that nobody listens where the servers are to.
   *
   * @throws KeeperException when a port is in use
   */
  public static void probe(List<ServerAddress> servers) {
    for (ServerAddress server : servers) {
      purposes(server)
          .forEach((purpose, port) -> {
            if (!free(port)) {
              throw new KeeperException(
                  "port %d must be free for the %s of server %s, but is in use: stop what listens there, or choose other ports with --port N"
                      .formatted(port, purpose, server.name()));
            }
          });
    }
  }

  private static ServerAddress address(String name, String region, int first) {
    return new ServerAddress(name, region, HOST, first, first + 1, first + 2);
  }

  private static boolean allFree(List<ServerAddress> servers) {
    return servers.stream()
        .flatMap(server -> purposes(server).values().stream())
        .allMatch(PortPlan::free);
  }

  private static Map<String, Integer> purposes(ServerAddress server) {
    Map<String, Integer> purposes = new LinkedHashMap<>();
    purposes.put("edge", server.edge());
    purposes.put("management door", server.management());
    purposes.put("carrier", server.carrier());
    return purposes;
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new KeeperException(
          "%s must be %d to %d, but was %d: choose another number"
              .formatted(name, least, most, value));
    }
  }
}
