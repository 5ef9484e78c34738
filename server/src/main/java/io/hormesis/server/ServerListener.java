package io.hormesis.server;

/** Whoever runs a server and must know what becomes of it. Called from any thread. */
public interface ServerListener {

  /** The server's own state changed. */
  void state(String state, String reason);

  /** A worker failed on a message; its asker is told, and its supervisor decides. */
  default void workerFailed(Failure failure) {}

  /** The server cannot go on: it must end at once, without another word to anybody. */
  void failed(Throwable cause);
}
