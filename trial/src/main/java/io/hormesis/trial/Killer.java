package io.hormesis.trial;

import java.io.IOException;

/** Kills a server's operating-system process for real. */
@FunctionalInterface
public interface Killer {

  /**
   * Sends SIGKILL to the process of a server, and waits until it has ended.
   *
   * @return whether a process was there and ended of it
   */
  boolean kill(String server) throws IOException, InterruptedException;
}
