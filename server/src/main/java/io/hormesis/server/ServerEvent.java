package io.hormesis.server;

/** What a server tells its keeper, one JSON line each on the server's standard output. */
public sealed interface ServerEvent {

  /** The process runs and all its ports are bound. */
  record Started(long pid) implements ServerEvent {}

  /**
   * Its state changed.
   *
   * @param state its own word, so never suspect or dead
   * @param reason why it is not ready, else empty
   */
  record StateChanged(ServerState state, String reason) implements ServerEvent {}

  /**
   * It cannot start, and starting it again would not help: a port in use, a store that is not its
   * own, no disk space.
   *
   * @param message name, rule, actual value, next step
   */
  record CannotStart(String message) implements ServerEvent {}

  /** One of its signals that people want to hear of; never what happens to single requests. */
  sealed interface Noticed extends ServerEvent {}

  /** The process of another server ended, as far as it knows. */
  record ServerGone(String server) implements Noticed {}

  /** It was elected. */
  record Elected(String process, int partition, long term) implements Noticed {}

  /** An instance of it failed too often, and takes nothing for a while. */
  record Isolated(String instance, long millis) implements Noticed {}
}
