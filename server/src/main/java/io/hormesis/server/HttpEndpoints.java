package io.hormesis.server;

import io.hormesis.edge.Edge;
import io.hormesis.edge.EdgeSettings;
import io.hormesis.edge.Management;
import io.hormesis.edge.ManagementView;
import io.hormesis.process.Application;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The two HTTP doors of a server: the edge for callers, the management door for operators. */
public final class HttpEndpoints implements AutoCloseable {
  private static final int STATUS_SECONDS = 2;

  private final Edge edge;
  private final Management management;

  private HttpEndpoints(Edge edge, Management management) {
    this.edge = edge;
    this.management = management;
  }

  /**
   * Opens both.
   *
   * @param random for trace ids; thread-safe
   * @throws io.hormesis.edge.EdgeException when a port is in use
   */
  public static HttpEndpoints open(
      ServerAddress address, Application application, Server server, RandomGenerator random) {
    Management management = Management.open(address.host(), address.management(), new View(server));
    try {
      Edge edge =
          Edge.open(
              EdgeSettings.on(address.host(), address.edge()), application, server.asker(), random);
      return new HttpEndpoints(edge, management);
    } catch (RuntimeException failure) {
      management.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    edge.close();
    management.close();
  }

  private record View(Server server) implements ManagementView {
    @Override
    public boolean ready() {
      return server.state().name().equals("ready");
    }

    @Override
    public String reason() {
      Health.State state = server.state();
      return state.reason().isEmpty() ? state.name() : state.reason();
    }

    @Override
    public Object status() {
      return server.status().orTimeout(STATUS_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
