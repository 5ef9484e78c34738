package io.hormesis.edge;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.nio.charset.StandardCharsets;

/** The replies to what never becomes a call: all of them problems, and the last of a connection. */
record DirectReplies(EdgeSettings settings, Listener.Answering answering) {
  private static final HeaderName TRACEPARENT = HeaderNames.create(Front.TRACEPARENT);

  static DirectHandlers of(EdgeSettings settings, Listener.Answering answering) {
    DirectReplies replies = new DirectReplies(settings, answering);
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, (request, _, status, _, _) -> replies.response(request, status));
    }
    return handlers.build();
  }

  private DirectHandler.TransportResponse response(
      DirectHandler.TransportRequest request, Status status) {
    if (CallGuard.CURRENT.isBound()) {
      CallGuard.CURRENT.get().linger();
    }
    HttpReply reply =
        answering.refuse(problem(request, status), request.headers().first(TRACEPARENT));
    DirectHandler.TransportResponse.Builder response =
        DirectHandler.TransportResponse.builder()
            .status(Status.create(reply.status()))
            .keepAlive(false)
            .header(HeaderNames.CONTENT_TYPE, reply.contentType())
            .entity(reply.body().getBytes(StandardCharsets.UTF_8));
    reply.headers().forEach((name, it) -> response.header(HeaderNames.create(name), it));
    return response.build();
  }

  /** Helidon calls some of what it cannot parse an internal error; ours never come here. */
  private Problem problem(DirectHandler.TransportRequest request, Status status) {
    return switch (status.code()) {
      case 413 ->
          HelidonCall.tooLarge(
              settings.bodyLimit(), request.headers().first(HeaderNames.CONTENT_LENGTH));
      case 503 ->
          Problem.refused(
              "calls under way must be at most %d, but are more: try again after 1 s"
                  .formatted(settings.calls()));
      default ->
          request.headers().contains(HeaderNames.CONTENT_ENCODING)
              ? Problem.unsupported(
                  "header Content-Encoding must be absent, but is there: send the body as it is")
              : Problem.badRequest(
                  "call must be HTTP/1.1 with a request line of at most %d bytes and headers of at most %d, but is not: correct it"
                      .formatted(Listener.LINE_LIMIT, Listener.HEADERS_LIMIT));
    };
  }
}
