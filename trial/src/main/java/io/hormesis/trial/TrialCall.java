package io.hormesis.trial;

import io.hormesis.edge.EdgeRequest;
import java.util.Map;
import java.util.Optional;

/** One request of a load, drawn by the application's {@link Workload}. */
public sealed interface TrialCall {

  /** What goes over the wire; a write gets its {@code Idempotency-Key} from the trial. */
  EdgeRequest request();

  /** What goes over the wire with the {@code Idempotency-Key} of a write; a read has none. */
  default EdgeRequest keyed(String key) {
    return switch (this) {
      case Write write -> write.request().with("Idempotency-Key", key);
      case Read read -> read.request();
    };
  }

  /** The process and key that it asks. */
  ReadBackTarget spot();

  /**
   * Changes nothing.
   *
   * @param defaultDeclared whether its route declares a default reply, which then is no failure
   * @param about the acknowledged write that this reads back; empty when it reads anything
   */
  record Read(
      EdgeRequest request,
      ReadBackTarget spot,
      boolean defaultDeclared,
      Optional<Acknowledged> about)
      implements TrialCall {}

  /** Changes something, once: it is retried under one key, and read back at the end. */
  record Write(EdgeRequest request, ReadBackTarget spot) implements TrialCall {

    /** A write by POST of a JSON body. */
    public static Write post(String path, String json, ReadBackTarget spot) {
      var headers = Map.of("Content-Type", "application/json");
      return new Write(new EdgeRequest("POST", path, headers, json), spot);
    }
  }

  /**
   * A write that the system promised to keep.
   *
   * @param receipt the name that the system gave it, unique among all writes
   */
  record Acknowledged(Write write, String receipt) {}
}
