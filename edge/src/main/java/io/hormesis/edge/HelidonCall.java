package io.hormesis.edge;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A call as Helidon knows it. */
record HelidonCall(ServerRequest request, int bodyLimit) implements HttpCall {

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.prologue().uriPath().rawPath();
  }

  @Override
  public String query() {
    return request.prologue().query().rawValue();
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().all(HeaderNames.create(name), List::of);
  }

  @Override
  public byte[] body() throws IOException {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    byte[] body = read(request.content().inputStream());
    if (body.length > bodyLimit) {
      throw unread(tooLarge(bodyLimit, Optional.empty()));
    }
    return body;
  }

  /** Reads one byte more than the limit. The stream is not closed, for that would read on. */
  private byte[] read(InputStream content) throws IOException {
    try {
      return content.readNBytes(bodyLimit + 1);
    } catch (CloseConnectionException e) {
      throw new IOException("the caller has gone", e);
    } catch (RequestException e) {
      throw unread(
          e.status().code() == 413 ? tooLarge(bodyLimit, Optional.empty()) : brokenChunks());
    } catch (RuntimeException e) {
      // Helidon has many ways to say that it cannot parse a chunk's size
      throw unread(brokenChunks());
    }
  }

  static Problem tooLarge(int limit, Optional<String> actual) {
    return Problem.tooLarge(
        "body must be at most %d bytes, but was %s: send less"
            .formatted(limit, actual.map(Shown::of).orElse("more")));
  }

  private static Problem brokenChunks() {
    return Problem.badRequest("body must come in valid chunks, but does not: correct their sizes");
  }

  /** What follows in the connection can no longer be told apart from this body. */
  private static Refusal unread(Problem problem) {
    CallGuard.CURRENT.get().linger();
    return new Refusal(problem);
  }
}
