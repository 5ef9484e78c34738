package io.hormesis.cluster;

import java.util.function.Consumer;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Props;

/** The one actor that other servers send frames to. */
final class FrameReceiver extends AbstractActor {
  static final String NAME = "door";

  private final Consumer<byte[]> frames;

  private FrameReceiver(Consumer<byte[]> frames) {
    this.frames = frames;
  }

  static Props props(Consumer<byte[]> frames) {
    return Props.create(FrameReceiver.class, () -> new FrameReceiver(frames))
        .withDispatcher("pekko.actor.internal-dispatcher");
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(CarriedFrame.class, frame -> frames.accept(frame.bytes()))
        .matchAny(_ -> {})
        .build();
  }
}
