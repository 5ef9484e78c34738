package io.hormesis.edge;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent back for one call. */
record HttpReply(int status, String contentType, Map<String, String> headers, String body) {

  static final String JSON = "application/json";

  HttpReply {
    headers = Map.copyOf(headers);
  }

  static HttpReply json(int status, String body) {
    return new HttpReply(status, JSON, Map.of(), body);
  }

  HttpReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpReply(status, contentType, more, body);
  }
}
