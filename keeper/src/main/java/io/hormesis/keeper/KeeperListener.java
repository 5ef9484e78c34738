package io.hormesis.keeper;

import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.util.List;

/** Whoever wants to see what becomes of the servers. Called one at a time. */
public interface KeeperListener {

  /** A process was started. */
  void started(String server, long pid);

  /**
   * A process ended.
   *
   * @param status its exit status, as the operating system tells it
   * @param expected whether somebody asked for it
   */
  void ended(String server, long pid, int status, boolean expected);

  /**
   * A process that ended by itself had not finished these requests; called after {@link #ended}.
   *
   * @param requests the oldest first; never empty
   */
  void endedWhileRunning(String server, List<InFlightRequest> requests);

  /** A server told its state. */
  void state(String server, ServerState state, String reason);

  /** A server that lives noticed something. */
  default void noticed(String server, ServerEvent.Noticed what) {}

  /** A server is down until there is something that it cannot run without, such as disk space. */
  void waits(String server, String reason);

  /**
   * A server is given up for now: it cannot start, or it ended too often. It is tried again, ever
   * more slowly, and this is told each time.
   *
   * @param reason why, and when it is tried again
   */
  void givenUp(String server, String reason);
}
