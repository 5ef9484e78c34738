package io.hormesis.process;

import java.time.Duration;
import java.util.Optional;

/**
 * The request context as a worker's code may read it: what travels with the message that it handles
 * now. Requests that it makes of others inherit deadline, trace and principal by themselves.
 *
 * <pre>{@code
 * CurrentRequest.find().flatMap(CurrentRequest::principal)
 * }</pre>
 *
 * <p>Only the thread that the platform has given to the worker has one.
 */
public interface CurrentRequest {

  /** Where the platform puts it; read it with {@link #find}. */
  ScopedValue<CurrentRequest> SCOPE = ScopedValue.newInstance();

  /** The request that this thread handles; empty outside of a worker. */
  static Optional<CurrentRequest> find() {
    return SCOPE.isBound() ? Optional.of(SCOPE.get()) : Optional.empty();
  }

  /** Names this intent of its caller; the same in every attempt. */
  String id();

  /** The idempotency key that the caller gave. */
  Optional<RequestId> key();

  /** The trace that the request is part of: 32 hexadecimal digits. */
  String traceId();

  /** 1 for the first attempt. */
  int attempt();

  /** Who asks, if anybody has proven it. */
  Optional<Principal> principal();

  /** What is left of the request's deadline; zero when it is over. */
  Duration left();
}
