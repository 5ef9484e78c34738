package io.hormesis.replication;

import java.util.function.Consumer;

/** Hears of nothing but the failure of a store. */
record OnlyFailures(Consumer<Throwable> told) implements ReplicasListener {

  @Override
  public void changed(ReplicaStatus status) {}

  @Override
  public void outboxFilled(GroupId group) {}

  @Override
  public void storeFailed(Throwable cause) {
    told.accept(cause);
  }
}
