package io.hormesis.keeper;

/** Whoever wants to see what becomes of the servers. Called one at a time. */
public interface KeeperListener {

  /** A process was started. */
  void started(String server, long pid);

  /**
   * A process ended.
   *
   * @param status its exit status, as the operating system tells it
   * @param ordered whether somebody asked for it
   */
  void ended(String server, long pid, int status, boolean ordered);

  /** A server told its state. */
  void state(String server, String state, String reason);

  /** A server is down until there is something that it cannot run without, such as disk space. */
  void waits(String server, String reason);

  /** A server stays down: it cannot start, or it ended too often. */
  void givenUp(String server, String reason);
}
