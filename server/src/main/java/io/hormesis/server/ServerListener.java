package io.hormesis.server;

import io.hormesis.engine.delivery.Ask;
import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.replication.ReplicaStatus;
import java.util.concurrent.CompletableFuture;

/** Whoever runs a server and must know what becomes of it. Called from any thread. */
public interface ServerListener {

  /** The server's own state changed. */
  void state(String state, String reason);

  /** A worker failed on a message; its asker is told, and its supervisor decides. */
  default void workerFailed(Failure failure) {}

  /** The server cannot go on: it must end at once, without another word to anybody. */
  void failed(Throwable cause);

  /** A member on this server sees its group otherwise than before. */
  default void changed(ReplicaStatus member) {}

  /** A parcel needs no carrier, for it is to this server. */
  default void stays(WireMessage wireMessage) {}

  /**
   * A process on this server asks for something.
   *
   * @param ending tells how that ends; a query that gets no reply is given its default reply
   */
  default void asks(String process, Ask ask, CompletableFuture<CallResult> ending) {}
}
