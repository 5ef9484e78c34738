package io.hormesis.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.microraft.model.message.AppendEntriesRequest;
import io.microraft.model.message.RaftMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
  private final TestClock clock = new TestClock();
  private final Heartbeats heartbeats = new Heartbeats(clock, Duration.ofMillis(200));

  @Test
  void aSecondBareMessageSoonAfterTheFirstIsSpared() {
    assertThat(heartbeats.spares("b1", message(0))).isFalse();
    clock.pass(Duration.ofMillis(99));
    assertThat(heartbeats.spares("b1", message(0))).isTrue();
    clock.pass(Duration.ofMillis(1));
    assertThat(heartbeats.spares("b1", message(0))).isFalse();
  }

  @Test
  void aMessageThatAwaitsItsResponseIsNeverSpared() {
    heartbeats.spares("b1", message(0));
    assertThat(heartbeats.spares("b1", message(7))).isFalse();
  }

  @Test
  void otherFollowersHaveTheirOwnTime() {
    heartbeats.spares("b1", message(0));
    assertThat(heartbeats.spares("c1", message(0))).isFalse();
  }

  @Test
  void heartbeatsGoOnThroughALongIdleTime() {
    int sent = 0;
    for (int i = 0; i < 50; i++) {
      sent += heartbeats.spares("b1", message(0)) ? 0 : 1;
      clock.pass(Duration.ofMillis(200));
    }
    assertThat(sent).isEqualTo(50);
  }

  private static RaftMessage message(long flowControl) {
    AppendEntriesRequest request =
        RaftCodec.MODEL
            .createAppendEntriesRequestBuilder()
            .setGroupId("tax-desk/0")
            .setSender(new Endpoint("a1#1"))
            .setTerm(1)
            .setLogEntries(List.of())
            .setFlowControlSequenceNumber(flowControl)
            .build();
    return request;
  }
}
