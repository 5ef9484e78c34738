package io.hormesis.simulation.system;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.edge.EdgeReply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoodputTest {
  private static final URI EDGE = URI.create("http://a1");

  private final Goodput goodput = new Goodput();

  private void call(long atMillis, long tookMillis, Optional<EdgeReply> reply) {
    long at = ofMillis(atMillis).toNanos();
    goodput.sent(at);
    goodput.ended(at, at + ofMillis(tookMillis).toNanos(), reply);
  }

  private static Optional<EdgeReply> reply(int status) {
    return Optional.of(new EdgeReply(status, Map.of(), "", EDGE));
  }

  @Test
  void onlyRealRepliesAreGoodWheneverTheyCame() {
    call(3_000, 1_500, reply(201));
    call(3_500, 10, reply(409));
    call(3_999, 10, reply(503));
    call(3_999, 2_000, Optional.empty());
    call(
        3_999,
        10,
        Optional.of(new EdgeReply(200, Map.of("Hormesis-Default-Reply", "true"), "", EDGE)));
    Goodput.Share share = goodput.between(ofSeconds(3), ofSeconds(4));
    assertThat(share).isEqualTo(new Goodput.Share(ofSeconds(1), 5, 2, 1, 2, ofMillis(1_500)));
    assertThat(share.ratio()).isEqualTo(0.4);
  }

  @Test
  void secondsAreCountedByWhenACallWasSent() {
    call(999, 1_000, reply(200));
    call(1_000, 10, reply(200));
    call(2_999, 10, reply(200));
    call(3_000, 10, reply(200));
    assertThat(goodput.between(ofSeconds(1), ofSeconds(3)).good()).isEqualTo(2);
    assertThat(goodput.between(ofSeconds(1), ofSeconds(3)).perSecond()).isEqualTo(1.0);
    assertThat(goodput.between(ofSeconds(7), ofSeconds(9)).ratio()).isZero();
  }

  @Test
  void theSlowestHundredthIsLeftOut() {
    for (int number = 1; number <= 100; number++) {
      call(0, number, reply(200));
    }
    assertThat(goodput.between(ofSeconds(0), ofSeconds(1)).p99()).isEqualTo(ofMillis(99));
  }
}
