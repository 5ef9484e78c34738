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

/**
 * Which server listens where: a block of ten ports for each server, of which it uses four, in the
 * order of their names.
 */
public final class PortPlan {
  private static final String HOST = "127.0.0.1";
  private static final int BLOCK = 10;
  private static final int HIGHEST = 65_535;

  private PortPlan() {}

  /**
   * Plans the addresses.
   *
   * @param regions how many regions, named a, b, c …
   * @param serversEach how many servers each, numbered from 1
   * @param first the first port; 0 takes any that are free
   * @throws KeeperException when the numbers cannot be
   */
  public static List<ServerAddress> of(int regions, int serversEach, int first) {
    check("--regions", regions, 1, 9);
    check("--servers", serversEach, 1, 9);
    check("--port", first, 0, HIGHEST - regions * serversEach * BLOCK);
    List<ServerAddress> servers = new ArrayList<>();
    for (int region = 0; region < regions; region++) {
      String name = String.valueOf((char) ('a' + region));
      for (int server = 1; server <= serversEach; server++) {
        servers.add(address(name + server, name, ports(first, servers.size())));
      }
    }
    return servers;
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

  private static ServerAddress address(String name, String region, int[] ports) {
    return new ServerAddress(name, region, HOST, ports[0], ports[1], ports[2], ports[3]);
  }

  private static int[] ports(int first, int index) {
    if (first == 0) {
      return freePorts();
    }
    int start = first + index * BLOCK;
    return new int[] {start, start + 1, start + 2, start + 3};
  }

  private static int[] freePorts() {
    int[] ports = new int[4];
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < ports.length; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        ports[i] = socket.getLocalPort();
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException failure) {
      throw new KeeperException("no free port can be had: " + failure.getMessage(), failure);
    }
  }

  private static Map<String, Integer> purposes(ServerAddress server) {
    Map<String, Integer> purposes = new LinkedHashMap<>();
    purposes.put("edge", server.edge());
    purposes.put("management door", server.management());
    purposes.put("carrier", server.carrier());
    purposes.put("liveness connections", server.liveness());
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
