package io.hormesis.edge;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 server on a loopback address that hands each call to one function, on a virtual
 * thread. What is no HTTP is answered here, what takes too long is cut off here.
 */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  static final int HEADERS_LIMIT = 16 * 1024;
  static final int LINE_LIMIT = 4096;

  /** A body in chunks of one byte costs six bytes for each of its own. */
  private static final int CHUNK_COST = 6;

  private final WebServer server;

  private Listener(WebServer server) {
    this.server = server;
  }

  /** What answers a call. */
  @FunctionalInterface
  interface Answering {

    HttpReply answer(HttpCall call) throws IOException;

    /** The reply to what never became a call. */
    default HttpReply refuse(Problem problem, Optional<String> traceparent) {
      return problem.reply(Optional.empty());
    }
  }

  /**
   * Opens a listener.
   *
   * @param purpose such as {@code edge}, for errors' texts
   * @throws EdgeException when the host is not loopback or the port is taken
   */
  static Listener open(String purpose, EdgeSettings settings, Answering answering) {
    InetAddress address = loopback(purpose, settings.host());
    checkFree(purpose, settings, address);
    WebServer server = server(settings, address, answering).start();
    if (!server.isRunning()) {
      throw new EdgeException(taken(purpose, settings, "see the log"));
    }
    return new Listener(server);
  }

  int port() {
    return server.port();
  }

  /** Stops accepting, lets calls under way end within the settings' limit, and ends. */
  @Override
  public void close() {
    server.stop();
  }

  private static InetAddress loopback(String purpose, String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isLoopbackAddress()) {
        return address;
      }
    } catch (UnknownHostException e) {
      throw new EdgeException(
          "host of the %s must be a loopback address, but \"%s\" is not known: use 127.0.0.1"
              .formatted(purpose, host),
          e);
    }
    throw new EdgeException(
        "host of the %s must be a loopback address as long as there is no TLS, but was \"%s\": use 127.0.0.1"
            .formatted(purpose, host));
  }

  /** Helidon logs that it cannot bind its port, and returns: so this is seen before. */
  private static void checkFree(String purpose, EdgeSettings settings, InetAddress address) {
    try (ServerSocketChannel probe = ServerSocketChannel.open()) {
      probe.bind(new InetSocketAddress(address, settings.port()));
    } catch (IOException e) {
      throw new EdgeException(taken(purpose, settings, String.valueOf(e.getMessage())), e);
    }
  }

  private static String taken(String purpose, EdgeSettings settings, String why) {
    return "port %d of the %s must be free, but cannot be bound on %s (%s): end the program that uses it, or choose another port"
        .formatted(settings.port(), purpose, settings.host(), why);
  }

  private static WebServer server(EdgeSettings settings, InetAddress address, Answering answering) {
    Http1ConnectionSelector http1 =
        Http1ConnectionSelector.builder()
            .config(it ->
                it.maxPrologueLength(LINE_LIMIT)
                    .maxHeadersSize(HEADERS_LIMIT)
                    .validateRequestHeaders(true))
            .build();
    long bytes = (long) CHUNK_COST * settings.bodyLimit() + HEADERS_LIMIT + LINE_LIMIT;
    Duration watch = settings.callLimit().dividedBy(10);
    return WebServer.builder()
        .address(address)
        .port(settings.port())
        .shutdownHook(false)
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .concurrencyLimitDiscoverServices(false)
        .addConnectionSelector(new GuardedConnections(http1, settings.callLimit(), bytes))
        .maxPayloadSize(settings.bodyLimit())
        .maxTcpConnections(settings.connections())
        .maxConcurrentRequests(settings.calls())
        .idleConnectionTimeout(settings.idleLimit())
        .idleConnectionPeriod(watch)
        .shutdownGracePeriod(settings.closeLimit())
        .connectionOptions(
            it -> it.readTimeout(settings.idleLimit().plus(settings.callLimit())).tcpNoDelay(true))
        .directHandlers(DirectReplies.of(settings, answering))
        .routing(it ->
            it.any((request, response) -> handle(settings, answering, request, response))
                .error(Throwable.class, Listener::failed))
        .build();
  }

  private static void handle(
      EdgeSettings settings, Answering answering, ServerRequest request, ServerResponse response) {
    CallGuard guard = CallGuard.CURRENT.get();
    guard.began();
    HttpReply reply = answer(answering, new HelidonCall(request, settings.bodyLimit()));
    if (guard.lingers()) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    send(request, response, reply);
    guard.replied();
  }

  private static void send(ServerRequest request, ServerResponse response, HttpReply reply) {
    response.status(reply.status());
    response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    reply.headers().forEach(response::header);
    response.send(
        request.prologue().method().equals(Method.HEAD)
            ? new byte[0]
            : reply.body().getBytes(StandardCharsets.UTF_8));
  }

  private static HttpReply answer(Answering answering, HttpCall call) {
    try {
      return answering.answer(call);
    } catch (Refusal e) {
      return e.problem().reply(Optional.empty());
    } catch (IOException e) {
      throw new CloseConnectionException("the caller has gone", e);
    }
  }

  /** An error of ours, which nobody outside can cause. */
  private static void failed(ServerRequest request, ServerResponse response, Throwable e) {
    LOG.error("The call {} cannot be answered", request.prologue(), e);
    send(
        request,
        response,
        Problem.internal("call must be answered, but cannot be: tell the operator")
            .reply(Optional.empty()));
  }
}
