package io.hormesis.server;

import io.hormesis.edge.Credential;
import io.hormesis.edge.Edge;
import io.hormesis.edge.EdgeSettings;
import io.hormesis.edge.HttpLoop;
import io.hormesis.edge.Management;
import io.hormesis.edge.ManagementView;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The two HTTP doors of a server: the edge for callers, the management door for operators. */
public final class HttpEndpoints implements AutoCloseable {
  private static final int STATUS_SECONDS = 2;

  private final HttpLoop loop;
  private final Edge edge;
  private final Management management;

  private HttpEndpoints(HttpLoop loop, Edge edge, Management management) {
    this.loop = loop;
    this.edge = edge;
    this.management = management;
  }

  /**
   * Opens both.
   *
   * @param credential for those who change something over the management port
   * @param random for trace ids; thread-safe
   * @throws io.hormesis.edge.EdgeException when a port is in use
   */
  public static HttpEndpoints open(
      ServerAddress address, Server server, Credential credential, RandomGenerator random) {
    HttpLoop loop = HttpLoop.open();
    try {
      Management management =
          Management.open(
              address.host(),
              address.management(),
              new View(server),
              SystemChangeRoutes.of(server.changes()),
              credential,
              loop);
      try {
        Edge edge =
            Edge.open(EdgeSettings.on(address.host(), address.edge()), server.front(random), loop);
        return new HttpEndpoints(loop, edge, management);
      } catch (RuntimeException failure) {
        management.close();
        throw failure;
      }
    } catch (RuntimeException failure) {
      loop.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    edge.close();
    management.close();
    loop.close();
  }

  private record View(Server server) implements ManagementView {
    @Override
    public boolean ready() {
      return server.state().value() == ServerState.READY;
    }

    @Override
    public String reason() {
      Health.State state = server.state();
      return state.reason().isEmpty() ? state.value().word() : state.reason();
    }

    @Override
    public CompletableFuture<?> status() {
      return server.status().orTimeout(STATUS_SECONDS, TimeUnit.SECONDS);
    }
  }
}
