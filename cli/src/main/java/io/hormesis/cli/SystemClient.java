package io.hormesis.cli;

import io.hormesis.edge.EdgeClient;
import io.hormesis.server.ServerAddress;
import io.hormesis.trial.HttpStatus;
import io.hormesis.trial.TrialPlan;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;

/** A way into a running system for a trial: all its edges, and all its management doors. */
final class SystemClient implements AutoCloseable {
  private final EdgeClient doors;
  private final HttpStatus status;

  private SystemClient(EdgeClient doors, HttpStatus status) {
    this.doors = doors;
    this.status = status;
  }

  static SystemClient to(List<ServerAddress> servers) {
    List<URI> edges = servers.stream().map(ServerAddress::edgeUrl).map(URI::create).toList();
    List<String> management = servers.stream().map(ServerAddress::managementUrl).toList();
    return new SystemClient(
        EdgeClient.of(edges, new SplittableRandom()), new HttpStatus(management));
  }

  TrialPlan.Target target() {
    return new TrialPlan.Target(doors::send, status);
  }

  @Override
  public void close() {
    doors.close();
    status.close();
  }
}
