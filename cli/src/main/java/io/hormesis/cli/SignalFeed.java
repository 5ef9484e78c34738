package io.hormesis.cli;

import io.hormesis.keeper.KeeperListener;
import io.hormesis.server.ServerEvent;
import io.hormesis.trial.SignalSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Lets others follow what the servers notice, for as long as they like. Thread-safe. */
final class SignalFeed extends PassingListener implements SignalSource {
  private final List<Consumer<ServerEvent.Noticed>> followers = new CopyOnWriteArrayList<>();

  SignalFeed(KeeperListener next) {
    super(next);
  }

  @Override
  public void noticed(String server, ServerEvent.Noticed what) {
    followers.forEach(it -> it.accept(what));
    super.noticed(server, what);
  }

  @Override
  public Following follow(Consumer<ServerEvent.Noticed> follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }
}
