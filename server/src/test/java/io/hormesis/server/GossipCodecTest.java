package io.hormesis.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.PlainCodec;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipCodecTest {
  private static final StatusGossip FIRST = gossip(ServerState.STARTING);
  private static final StatusGossip SECOND = gossip(ServerState.READY);

  /** What a server of version 1 said while it was emptied. */
  private static final String DRAINING =
      "a86b696e6361726e6174696f6e12656c6561647381a466696e53796e630369706172746974696f6e"
          + "026770726f63657373646465736b647465726d05637069641166726561736f6e7369742069732062"
          + "65696e6720656d70746965646673657276657262613165737461746568647261696e696e6768746f"
          + "706f6c6f6779006776657273696f6e6131";

  private final GossipCodec gossipCodec = new GossipCodec(new PlainCodec(), List.of("a1", "b1"));

  private static StatusGossip gossip(ServerState state) {
    return new StatusGossip(
        "a1", 17, 18, 0, state, "", "1", List.of(new StatusGossip.Lead("desk", 2, 5, 3)));
  }

  @Test
  void whatIsSaidAgainIsTheSameAgain() {
    byte[] body = gossipCodec.encode(FIRST);
    assertThat(gossipCodec.encode(gossip(ServerState.STARTING))).isSameAs(body);
    StatusGossip heard = gossipCodec.decode("a1", body);
    assertThat(heard).isEqualTo(FIRST);
    assertThat(gossipCodec.decode("a1", body.clone())).isSameAs(heard);
  }

  @Test
  void whatChangesIsSaidAndHeardAtOnce() {
    byte[] first = gossipCodec.encode(FIRST);
    byte[] second = gossipCodec.encode(SECOND);
    assertThat(gossipCodec.decode("a1", first)).isEqualTo(FIRST);
    assertThat(gossipCodec.decode("a1", second)).isEqualTo(SECOND);
    assertThat(gossipCodec.decode("a1", first)).isEqualTo(FIRST);
    assertThat(gossipCodec.encode(FIRST)).isEqualTo(first);
  }

  @Test
  void anOlderServerReadsItsStateAsAWordAndIsRead() {
    StatusGossip draining =
        new StatusGossip(
            "a1",
            17,
            18,
            0,
            ServerState.DRAINING,
            "it is being emptied",
            "1",
            List.of(new StatusGossip.Lead("desk", 2, 5, 3)));
    assertThat(gossipCodec.encode(draining)).asHexString().isEqualToIgnoringCase(DRAINING);
    assertThat(gossipCodec.decode("a1", HexFormat.of().parseHex(DRAINING))).isEqualTo(draining);
  }

  @Test
  void aStateThatOnlyANewerServerKnowsDoesNotSilenceIt() {
    String resting = DRAINING.replace(hex("hdraining"), hex("gresting"));
    StatusGossip heard = gossipCodec.decode("a1", HexFormat.of().parseHex(resting));
    assertThat(heard.state()).isEqualTo(ServerState.DEGRADED);
    assertThat(heard.leads()).containsExactly(new StatusGossip.Lead("desk", 2, 5, 3));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(US_ASCII));
  }

  @Test
  void aStrangersAnnouncementsAreNotKept() {
    byte[] body = gossipCodec.encode(FIRST);
    StatusGossip heard = gossipCodec.decode("stranger", body);
    assertThat(gossipCodec.decode("stranger", body)).isEqualTo(heard).isNotSameAs(heard);
  }

  @Test
  void whatIsNoAnnouncementIsRefused() {
    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> gossipCodec.decode("a1", new byte[] {1, 2, 3}));
  }
}
