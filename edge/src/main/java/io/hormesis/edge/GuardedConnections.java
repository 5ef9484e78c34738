package io.hormesis.edge;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * HTTP/1.1 connections whose calls are watched by a {@link CallGuard}. The server asks every
 * connection about once a second how long it has been idle, and closes those that were for too
 * long: one whose call is overdue answers "for ever", and is interrupted then.
 */
record GuardedConnections(Http1ConnectionSelector http1, Duration callLimit, long byteLimit)
    implements ServerConnectionSelector {
  private static final Duration FOR_EVER = Duration.ofDays(365);

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData request) {
    return http1.supports(request);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    CallGuard guard = new CallGuard(context.serverSocket(), callLimit, byteLimit);
    var watched = new WatchedContext(context, DataReader.create(guard));
    return new Watched((Http1Connection) http1.connection(watched), guard);
  }

  private record Watched(Http1Connection connection, CallGuard guard)
      implements ServerConnection, InterruptableTask<Void> {

    @Override
    public void handle(Limit limit) throws InterruptedException {
      ScopedValue.where(CallGuard.CURRENT, guard)
          .call(() -> {
            connection.handle(limit);
            guard.drain();
            return true;
          });
    }

    @Override
    public Duration idleTime() {
      return guard.overdue() ? FOR_EVER : connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt || guard.overdue() || guard.lingers());
    }

    @Override
    public boolean canInterrupt() {
      return connection.canInterrupt() || guard.lingers();
    }
  }

  /** The connection as it is, but for where its bytes come from. */
  private record WatchedContext(ConnectionContext context, DataReader dataReader)
      implements ConnectionContext {

    @Override
    public ListenerContext listenerContext() {
      return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return context.dataWriter();
    }

    @Override
    public Router router() {
      return context.router();
    }

    @Override
    public HelidonSocket serverSocket() {
      return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return context.localPeer();
    }

    @Override
    public boolean isSecure() {
      return context.isSecure();
    }

    @Override
    public String socketId() {
      return context.socketId();
    }

    @Override
    public String childSocketId() {
      return context.childSocketId();
    }
  }
}
