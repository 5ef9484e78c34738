package io.hormesis.trial;

/**
 * One request of the load. Times are nanoseconds since the load began.
 *
 * @param key its {@code Idempotency-Key} if it is a write
 * @param intendedNanos when it was meant to be sent; latencies count from here
 * @param handedNanos when it was handed to the client
 */
record Sent(String key, TrialCall call, long intendedNanos, long handedNanos) {

  long intendedMillis() {
    return intendedNanos / 1_000_000;
  }

  /** The name of its process. */
  String process() {
    return call.spot().process();
  }

  @Override
  public String toString() {
    return "%s %s at %d ms"
        .formatted(call.request().method(), call.request().path(), intendedMillis());
  }
}
