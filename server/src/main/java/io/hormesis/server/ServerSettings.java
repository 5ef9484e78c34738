package io.hormesis.server;

import java.nio.file.Path;
import java.util.List;

/**
 * What a server is told by its keeper when it starts: the first line on its standard input.
 *
 * @param system random id of the running system; a store that belongs to another one is refused
 * @param server the name of this server, one of {@code servers}
 * @param data its own data folder; no other process may use it
 * @param application the jars of the application, for a class loader of its own
 * @param servers the servers that the system was founded with, and this one, in the order of their
 *     names
 * @param joins whether this one is none of the founders, and waits until it is let in
 * @param incarnation a number that no other life of this server has; never 0
 * @param evidenceElects whether proof of a leader's death makes its followers elect at once
 */
public record ServerSettings(
    String system,
    String server,
    Path data,
    List<Path> application,
    List<ServerAddress> servers,
    boolean joins,
    long incarnation,
    boolean evidenceElects) {

  public ServerSettings {
    application = List.copyOf(application);
    servers = List.copyOf(servers);
    if (incarnation == 0) {
      throw new IllegalArgumentException("incarnation must be a number other than 0");
    }
    if (servers.stream().noneMatch(address -> address.name().equals(server))) {
      throw new IllegalArgumentException(
          "server must be one of servers, but was \"%s\"".formatted(server));
    }
  }

  /** The servers that the system was founded with. */
  List<ServerAddress> founders() {
    return servers.stream().filter(it -> !joins || !it.name().equals(server)).toList();
  }

  /** The address of this very server. */
  public ServerAddress self() {
    return servers.stream().filter(it -> it.name().equals(server)).findFirst().orElseThrow();
  }
}
