package io.hormesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.Target;
import io.hormesis.replication.OutgoingNotice;
import io.hormesis.replication.Undelivered;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OutboxQueueTest {
  private static final Target ARCHIVE = Target.of("archive");
  private static final Target INBOX = Target.of("inbox");

  private final OutboxQueue queue = new OutboxQueue();

  @Test
  void theOldestGoesFirst() {
    queue.add(notice(1), ARCHIVE);
    queue.add(notice(2), INBOX);
    queue.add(notice(3), ARCHIVE);
    assertThat(queue.last()).isEqualTo(3);
    assertThat(all()).containsExactly(1L, 2L, 3L);
    assertThat(queue.next(64)).isEmpty();
  }

  @Test
  void aReceiverThatTakesNothingDoesNotHoldUpWhatIsMeantForOthers() {
    LongStream.rangeClosed(1, 5_000).forEach(it -> queue.add(notice(it), ARCHIVE));
    queue.add(notice(5_001), INBOX);
    List<Long> first = all();
    assertThat(first).hasSize(17).startsWith(1L, 2L).endsWith(16L, 5_001L);
    queue.ended(5_001);
    assertThat(queue.next(64)).isEmpty();
    queue.ended(1);
    assertThat(all()).containsExactly(17L);
  }

  @Test
  void allReceiversTogetherGetNoMoreThanAFewAtOnce() {
    IntStream.rangeClosed(1, 500).forEach(it -> queue.add(notice(it), Target.of("r" + it % 10)));
    assertThat(all()).hasSize(64);
  }

  @Test
  void whatWasNotTakenWaitsAgainBeforeWhatCameLater() {
    LongStream.rangeClosed(1, 40).forEach(it -> queue.add(notice(it), ARCHIVE));
    all();
    queue.ended(7);
    queue.add(notice(7), ARCHIVE);
    assertThat(queue.last()).isEqualTo(40);
    assertThat(all()).containsExactly(7L);
  }

  private List<Long> all() {
    return Stream.generate(() -> queue.next(64))
        .takeWhile(Optional::isPresent)
        .map(it -> it.orElseThrow().number())
        .toList();
  }

  private static Undelivered notice(long number) {
    return new Undelivered(
        number, new OutgoingNotice("archive", 1, "k", new byte[0], "r" + number, new byte[0]));
  }
}
