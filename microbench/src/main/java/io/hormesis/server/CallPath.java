package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.WireMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A call to the very server that asks, from its beginning to its result, but for guards and worker:
 * five looks, for it begins, is sent, stays here, as its response does, and ends.
 */
public final class CallPath implements Supplier<Object> {
  private final Supplier<Object> way;

  /**
   * Makes one.
   *
   * @param follow whether somebody follows single requests
   * @param read takes each signal that is read
   */
  public CallPath(boolean follow, Consumer<Object> read) {
    this.way = SignalReaders.met(CallPath::way, follow, read);
  }

  @Override
  public Object get() {
    return way.get();
  }

  private static Supplier<Object> way(Signals signals) {
    BenchedParts benched = new BenchedParts(signals);
    AddressedMessage message = benched.message();
    PostOffice post = new PostOffice(benched.parts());
    Delivery delivery = new Delivery(benched.parts(), benched.addressing(), 1, post::carry);
    byte[] said = benched.parts().codec().encode(new BenchedParts.Echo.Said("hello"));
    post.open(new Answering(delivery, new CallResult.Replied<>("", said, false)));
    delivery.placed(Map.of(message.to(), List.of(BenchedParts.SERVER)));
    return () -> {
      CompletableFuture<CallResult<Object>> result = delivery.send(message);
      benched.strand().run();
      return result.join();
    };
  }

  /** Answers each message at once. */
  private record Answering(Delivery delivery, CallResult<byte[]> answer)
      implements PostOffice.Receivers {
    @Override
    public void message(Envelope envelope, Consumer<CallResult<byte[]>> respond) {
      respond.accept(answer);
    }

    @Override
    public void result(WireMessage.Inbound inbound) {
      delivery.responded(inbound);
    }

    @Override
    public void replication(String from, byte[] body) {}

    @Override
    public void gossip(String from, byte[] body) {}

    @Override
    public void topology(byte[] body) {}
  }
}
