package io.hormesis.edge;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One HTTP call, as the part behind the listener sees it. */
interface HttpCall {

  String method();

  /** The path as it came, still encoded. */
  String path();

  /** The query as it came, still encoded; empty when there is none. */
  String query();

  /** All values of a header, in the order in which they came. */
  List<String> headers(String name);

  /**
   * Reads the body.
   *
   * @throws Refusal when it is larger than the limit
   * @throws IOException when the caller has gone
   */
  byte[] body() throws IOException;

  /** The first value of a header. */
  default Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }
}
