package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An instance hears that a guard refused a message for it: one look, and nothing else. */
public final class RefusalPath implements Supplier<Object> {
  private final Supplier<Object> way;

  /**
   * Makes one.
   *
   * @param follow whether somebody follows single requests
   * @param read takes each signal that is read
   */
  public RefusalPath(boolean follow, Consumer<Object> read) {
    this.way = SignalReaders.met(RefusalPath::way, follow, read);
  }

  @Override
  public Object get() {
    return way.get();
  }

  private static Supplier<Object> way(Signals signals) {
    BenchedParts benched = new BenchedParts(signals);
    AddressedMessage asked = benched.message();
    Instance instance =
        new Instance(
            asked.to(),
            1,
            benched.strand(),
            BenchedParts.CLOCK,
            signals,
            BenchedParts.unused(Instance.Handler.class));
    IncomingMessage refused =
        new IncomingMessage(
            new Envelope(
                1,
                BenchedParts.SERVER,
                asked.to(),
                asked.key(),
                asked.word().number(),
                asked.payload(),
                asked.deadline(),
                asked.context()),
            instance,
            _ -> {});
    return () -> {
      instance.refused(refused, CallResult.Cause.OVERLOADED);
      return refused;
    };
  }
}
