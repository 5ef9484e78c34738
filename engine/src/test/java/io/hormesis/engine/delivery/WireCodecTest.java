package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.port.Priority;
import io.hormesis.process.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireCodecTest {
  private final WireCodec codec = new WireCodec();

  @Test
  void everyMessageComesBackAsItWas() {
    List<CallResult<byte[]>> results = new ArrayList<>();
    results.add(new CallResult.Replied<>("", new byte[] {1, 2}, true));
    results.add(new CallResult.Declined<>("", "one return per citizen and year"));
    for (CallResult.Cause cause : CallResult.Cause.values()) {
      results.add(new CallResult.Refused<>("", cause, "why"));
    }
    results.add(
        new CallResult.Refused<>(
            "", CallResult.Cause.NOT_HERE, "led elsewhere", Optional.of("b1")));
    results.add(new CallResult.Unknown<>("", "perhaps"));
    for (CallResult<byte[]> result : results) {
      WireMessage message = new WireMessage.Inbound(-7, "b1", result);
      assertThat(codec.decode(codec.encode(message))).usingRecursiveComparison().isEqualTo(message);
    }
  }

  @Test
  void theWholeContextTravels() {
    RequestContext full =
        new RequestContext(
            "key-1",
            true,
            Trace.begin(new SplittableRandom(3)).next(new SplittableRandom(4)),
            Priority.BACKGROUND,
            3,
            List.of("a1", "b2"),
            Optional.of(new Principal("ada", "token", Map.of("role", "clerk"))),
            Optional.of("signed"),
            List.of(new Header(900, false, new byte[] {4, 5})));
    for (RequestContext context :
        List.of(full, RequestContext.begin(full.trace(), Priority.REQUEST).named("h-1", false))) {
      WireMessage message = new WireMessage.Outbound(envelope(context));
      assertThat(codec.decode(codec.encode(message))).usingRecursiveComparison().isEqualTo(message);
      assertThat(ContextCodec.decode(ContextCodec.encode(context)))
          .usingRecursiveComparison()
          .isEqualTo(context);
    }
  }

  @Test
  void aHeaderThatIsNotKnownIsPassedOnAndACriticalOneIsSeen() {
    RequestContext newer =
        new RequestContext(
            "r",
            false,
            Trace.named("t"),
            Priority.REQUEST,
            1,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(new Header(77, false, new byte[] {1}), new Header(78, true, new byte[0])));

    RequestContext read = ContextCodec.decode(ContextCodec.encode(newer));

    assertThat(read.misunderstood()).containsExactly(78);
    assertThat(
            ContextCodec.decode(ContextCodec.encode(read.child(new SplittableRandom(1)))).unknown())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(newer.unknown());
  }

  @Test
  void bytesOfThisVersionAreReadForEver() {
    byte[] old =
        HexFormat.of()
            .parseHex(
                "8b020107626131646465736b026361646103430908071b000001ba60d338008a02456b65792d3104400658210b2c9c981e9d13dbd7977701f787a8defd642efb11a28a480000000000000000000a44000000020c4481626331");

    WireMessage.Outbound read = (WireMessage.Outbound) codec.decode(old);

    assertThat(read.envelope().to()).isEqualTo(Target.of("desk", 2));
    assertThat(read.envelope().requestId()).isEqualTo("key-1");
    assertThat(read.envelope().context().attempt()).isEqualTo(2);
  }

  @Test
  void noClassNameTravels() {
    assertThat(new String(codec.encode(outbound()), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("hormesis");
  }

  @Test
  void aCutOrFlippedMessageIsRefusedOrStillAMessage() {
    byte[] whole = codec.encode(outbound());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(MalformedMessage.class);
    }
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2000; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(codec.decode(flipped)).isNotNull();
      } catch (MalformedMessage refused) {
        assertThat(refused.reason()).startsWith("not a wire message");
      }
    }
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] bytes = codec.encode(outbound());
    bytes[1] = 3;
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(MalformedMessage.class)
        .hasMessage("not a wire message: version 3, known is 2");
  }

  private static WireMessage outbound() {
    return new WireMessage.Outbound(
        envelope(
            RequestContext.begin(Trace.named("trace"), Priority.REQUEST)
                .named("key-1", true)
                .inAttempt(2, List.of("c1"))));
  }

  private static Envelope envelope(RequestContext context) {
    return new Envelope(
        7, "a1", Target.of("desk", 2), "ada", 3, new byte[] {9, 8, 7}, 1_900_000_000_000L, context);
  }
}
