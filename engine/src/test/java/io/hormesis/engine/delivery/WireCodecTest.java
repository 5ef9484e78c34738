package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WireCodecTest {
  private final WireCodec codec = new WireCodec();

  @Test
  void everyParcelComesBackAsItWas() {
    List<Response> responses =
        List.of(
            new Response.Value(new byte[] {1, 2}, true),
            new Response.Declined("one return per citizen and year"),
            new Response.Refused(CallResult.Cause.KEY_REUSED, "used"),
            new Response.Refused(CallResult.Cause.CRASHED, "crashed"),
            new Response.Refused(CallResult.Cause.UNAVAILABLE, "away"),
            new Response.Refused(CallResult.Cause.KEY_FORGOTTEN, "old"),
            new Response.Refused(CallResult.Cause.NOT_UNDERSTOOD, "what"),
            new Response.Unknown("perhaps"),
            new Response.Elsewhere(Optional.of("b1")),
            new Response.Elsewhere(Optional.empty()),
            new Response.Busy("full"));
    for (Response response : responses) {
      WireMessage wireMessage = new WireMessage.Inbound(7, "b1", response);
      assertThat(codec.decode(codec.encode(wireMessage)))
          .usingRecursiveComparison()
          .isEqualTo(wireMessage);
    }
    WireMessage outbound = outbound();
    assertThat(codec.decode(codec.encode(outbound))).usingRecursiveComparison().isEqualTo(outbound);
  }

  @Test
  void noClassNameTravels() {
    assertThat(new String(codec.encode(outbound()), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("hormesis");
  }

  @Test
  void aCutOrFlippedParcelIsRefusedOrStillAParcel() {
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
        assertThat(refused.reason()).startsWith("not a parcel");
      }
    }
  }

  @Test
  void anotherVersionIsRefused() {
    byte[] bytes = codec.encode(outbound());
    bytes[1] = 2;
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(MalformedMessage.class)
        .hasMessage("not a parcel: expected version 1 but 2");
  }

  private static WireMessage outbound() {
    return new WireMessage.Outbound(
        new Envelope(
            7,
            "a1",
            Target.of("desk", 2),
            3,
            new byte[] {9, 8, 7},
            "key-1",
            1_900_000_000_000L,
            2,
            Trace.begin(new SplittableRandom(3))));
  }
}
