package io.hormesis.keeper;

import io.hormesis.server.ServerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a keeper is to start.
 *
 * @param system random id of the system
 * @param data the system's data folder; each server has a folder of its own in it
 * @param application jars of the application that the servers run
 * @param servers the servers, in the order of their names
 * @param command the command line that runs one server; {@code {server}} stands for its name
 * @param stopWithin how long a server may take to stop in order before it is killed
 * @param evidenceElects whether proof of a leader's death makes its followers elect at once
 */
public record KeeperPlan(
    String system,
    Path data,
    List<Path> application,
    List<ServerAddress> servers,
    List<String> command,
    Duration stopWithin,
    boolean evidenceElects) {

  /** Enough for a server to end its calls, close its store and leave. */
  public static final Duration STOP_WITHIN = Duration.ofSeconds(4);

  public KeeperPlan {
    application = List.copyOf(application);
    servers = List.copyOf(servers);
    command = List.copyOf(command);
  }
}
