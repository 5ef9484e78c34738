package io.hormesis.cli;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.server.ServerEvent;
import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.util.List;

/** Passes all that it hears on to the next listener, for those who take a part of it themselves. */
abstract class PassingListener implements KeeperListener {
  private final KeeperListener next;

  PassingListener(KeeperListener next) {
    this.next = next;
  }

  @Override
  public void started(String server, long pid) {
    next.started(server, pid);
  }

  @Override
  public void ended(String server, long pid, int status, boolean expected) {
    next.ended(server, pid, status, expected);
  }

  @Override
  public void endedWhileRunning(String server, List<InFlightRequest> requests) {
    next.endedWhileRunning(server, requests);
  }

  @Override
  public void state(String server, ServerState state, String reason) {
    next.state(server, state, reason);
  }

  @Override
  public void noticed(String server, ServerEvent.Noticed what) {
    next.noticed(server, what);
  }

  @Override
  public void waits(String server, String reason) {
    next.waits(server, reason);
  }

  @Override
  public void givenUp(String server, String reason) {
    next.givenUp(server, reason);
  }
}
