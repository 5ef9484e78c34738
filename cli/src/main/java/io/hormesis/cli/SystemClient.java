package io.hormesis.cli;

import io.hormesis.edge.EdgeClient;
import io.hormesis.server.ServerAddress;
import io.hormesis.trial.HttpStatus;
import io.hormesis.trial.SignalSource;
import io.hormesis.trial.TrialPlan;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;

/** Client of a running system for a trial: of all its edges, and of all its management ports. */
final class SystemClient implements AutoCloseable {
  private final EdgeClient edges;
  private final HttpStatus status;

  private SystemClient(EdgeClient edges, HttpStatus status) {
    this.edges = edges;
    this.status = status;
  }

  static SystemClient to(List<ServerAddress> servers) {
    List<URI> urls = servers.stream().map(ServerAddress::edgeUrl).map(URI::create).toList();
    List<String> management = servers.stream().map(ServerAddress::managementUrl).toList();
    return new SystemClient(
        EdgeClient.of(urls, new SplittableRandom()), new HttpStatus(management));
  }

  TrialPlan.Target target(SignalSource signals) {
    return new TrialPlan.Target(edges::send, status, signals);
  }

  @Override
  public void close() {
    edges.close();
    status.close();
  }
}
