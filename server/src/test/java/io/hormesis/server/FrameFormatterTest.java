package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Envelope;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.engine.delivery.RequestContext;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.delivery.Trace;
import io.hormesis.engine.delivery.WireCodec;
import io.hormesis.engine.delivery.WireMessage;
import io.hormesis.engine.port.Priority;
import io.hormesis.process.RequestId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameFormatterTest {
  private final PlainCodec codec = new PlainCodec();
  private final FrameFormatter text = new FrameFormatter(TestTown.application());

  @Test
  void aMessageIsReadWithItsCallAndItsAttempt() {
    assertThat(text.of("b1", frame(Frame.Kind.MESSAGE, new WireCodec().encode(add(17)))))
        .isEqualTo(
            "till/2 asked Add[id=RequestId[value=4f-17], name=bar, amount=5] (call 17, attempt 2, 480 ms left, request 4f-17)");
  }

  @Test
  void aResponseIsReadByTheCallThatItRespondsTo() {
    WireMessage reply =
        new WireMessage.Inbound(
            17, "b1", new CallResult.Replied<>("", codec.encode(new TestTown.Tills.Sum(9)), true));
    assertThat(text.of("a1", reply)).matches("call 17: reply of \\d+ bytes, durable");
    assertThat(text.of("b1", add(17))).contains("Add");
    assertThat(text.of("a1", reply)).isEqualTo("call 17 (Tills.Add): reply Sum[amount=9], durable");
    assertThat(text.of("c1", reply)).doesNotContain("Tills.Add");
  }

  @Test
  void whatIsNoReplySaysSo() {
    assertThat(
            List.of(
                of(new CallResult.Declined<>("", "one a year")),
                of(new CallResult.Refused<>("", CallResult.Cause.CRASHED, "till crashed")),
                of(new CallResult.Unknown<>("", "no majority")),
                of(
                    new CallResult.Refused<>(
                        "", CallResult.Cause.NOT_HERE, "led elsewhere", Optional.of("c1"))),
                of(new CallResult.Replied<>("", new byte[0], false))))
        .containsExactly(
            "call 1: declined: one a year",
            "call 1: refused, CRASHED: till crashed",
            "call 1: perhaps done: no majority",
            "call 1: refused, NOT_HERE: led elsewhere, perhaps at c1",
            "call 1: taken");
  }

  @Test
  void anAnnouncementIsReadAsHowTheServerStands() {
    StatusGossip gossip =
        new StatusGossip(
            "a1",
            1,
            2,
            0,
            ServerState.DEGRADED,
            "disk lost",
            "1",
            List.of(new StatusGossip.Lead("till", 0, 3, 2)));
    assertThat(
            text.of(
                "b1", frame(Frame.Kind.GOSSIP, new GossipCodec(codec, List.of()).encode(gossip))))
        .isEqualTo("stands degraded (disk lost), leads till/0 term 3");
  }

  @Test
  void whatCannotBeReadIsSaidToBeMalformed() {
    assertThat(text.of("b1", new byte[] {9, 9, 9})).startsWith("a malformed frame of 3 bytes (");
    assertThat(text.of("b1", frame(Frame.Kind.REPLICATION, new byte[] {1})))
        .startsWith("a malformed frame (");
  }

  private String of(CallResult<byte[]> response) {
    return text.of("a1", new WireMessage.Inbound(1, "b1", response));
  }

  private WireMessage add(long call) {
    return new WireMessage.Outbound(
        new Envelope(
            call,
            "a1",
            Target.of("till", 2),
            "bar",
            1,
            codec.encode(new TestTown.Tills.Add(new RequestId("4f-17"), "bar", 5)),
            480,
            RequestContext.begin(Trace.named("t"), Priority.REQUEST)
                .named("4f-17", true)
                .inAttempt(2, List.of())));
  }

  private static byte[] frame(Frame.Kind kind, byte[] body) {
    return new Frame(kind, "a1", body).encode();
  }
}
