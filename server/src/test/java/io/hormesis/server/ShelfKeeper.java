package io.hormesis.server;

import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;

/** A worker that is looked at, and never asked for anything. */
abstract class ShelfKeeper<S, M> implements StatefulWorker<S, M> {
  @Override
  public S initial() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Step<S> on(S state, M message) {
    throw new UnsupportedOperationException("%s on %s".formatted(message, state));
  }
}
