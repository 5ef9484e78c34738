package io.hormesis.edge;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A call that came without HTTP. */
record PlainCall(EdgeRequest request) implements HttpCall {

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public String path() {
    int query = request.path().indexOf('?');
    return query < 0 ? request.path() : request.path().substring(0, query);
  }

  @Override
  public String query() {
    int query = request.path().indexOf('?');
    return query < 0 ? "" : request.path().substring(query + 1);
  }

  @Override
  public List<String> headers(String name) {
    return request.headers().entrySet().stream()
        .filter(it -> it.getKey().equalsIgnoreCase(name))
        .map(it -> it.getValue())
        .toList();
  }

  @Override
  public byte[] body() {
    return request.body().getBytes(StandardCharsets.UTF_8);
  }
}
