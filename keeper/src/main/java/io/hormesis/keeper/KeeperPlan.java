package io.hormesis.keeper;

import io.hormesis.server.ServerAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * What a keeper is to start.
 *
 * @param system random id of the system
 * @param data the system's data folder; each server has a folder of its own in it
 * @param application jars of the application that the servers run
 * @param servers the servers, in the order of their names
 * @param command the command line that runs one server, the same for all
 * @param evidenceElects whether proof of a leader's death makes its followers elect at once
 */
public record KeeperPlan(
    String system,
    Path data,
    List<Path> application,
    List<ServerAddress> servers,
    List<String> command,
    boolean evidenceElects) {

  public KeeperPlan {
    application = List.copyOf(application);
    servers = List.copyOf(servers);
    command = List.copyOf(command);
  }
}
