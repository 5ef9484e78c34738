package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.PlainCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipCodecTest {
  private static final StatusGossip FIRST = gossip("starting");
  private static final StatusGossip SECOND = gossip("ready");

  private final GossipCodec gossipCodec = new GossipCodec(new PlainCodec(), List.of("a1", "b1"));

  private static StatusGossip gossip(String state) {
    return new StatusGossip(
        "a1", 17, 18, 0, state, "", "1", List.of(new StatusGossip.Lead("desk", 2, 5, 3)));
  }

  @Test
  void whatIsSaidAgainIsTheSameAgain() {
    byte[] body = gossipCodec.encode(FIRST);
    assertThat(gossipCodec.encode(gossip("starting"))).isSameAs(body);
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
