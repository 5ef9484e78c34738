package io.hormesis.server;

/** Whoever runs a server: reads its signals, and ends it when it cannot go on. */
public interface ServerListener extends Signals {

  /**
   * The server cannot go on: it must end at once, without another word to anybody. Called from any
   * thread.
   */
  void failed(Throwable cause);
}
