package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final Trace TRACE = Trace.begin(new SplittableRandom(1));

  @Test
  void oneKeyIsHandledOneMessageAtATimeInOrder() {
    Mailbox mailbox = new Mailbox(8, 10, 1000);
    mailbox.offer("k", envelope(1), 0, _ -> {});
    mailbox.offer("k", envelope(2), 0, _ -> {});
    assertThat(mailbox.next(0).orElseThrow().envelope().call()).isEqualTo(1);
    assertThat(mailbox.next(0)).isEmpty();
    mailbox.done("k");
    assertThat(mailbox.next(0).orElseThrow().envelope().call()).isEqualTo(2);
  }

  @Test
  void noMoreWorkersAreBusyThanThereAre() {
    Mailbox mailbox = new Mailbox(1, 10, 1000);
    mailbox.offer("k", envelope(1), 0, _ -> {});
    mailbox.offer("l", envelope(2), 0, _ -> {});
    assertThat(mailbox.next(0)).isPresent();
    assertThat(mailbox.next(0)).isEmpty();
  }

  @Test
  void aFullMailboxTakesNothing() {
    Mailbox mailbox = new Mailbox(1, 2, 1000);
    assertThat(mailbox.offer("k", envelope(1), 0, _ -> {})).isTrue();
    assertThat(mailbox.offer("l", envelope(2), 0, _ -> {})).isTrue();
    assertThat(mailbox.offer("m", envelope(3), 0, _ -> {})).isFalse();
    assertThat(new Mailbox(1, 10, 0).offer("k", envelope(1), 0, _ -> {})).isFalse();
  }

  @Test
  void whatNobodyWaitsForIsDropped() {
    Mailbox mailbox = new Mailbox(1, 10, 1000);
    mailbox.offer("k", envelope(1), 0, _ -> {});
    assertThat(mailbox.next(100)).isEmpty();
    assertThat(mailbox.expired()).isEqualTo(1);
    assertThat(mailbox.size()).isZero();
  }

  @Test
  void nothingIsLostAndNoKeyIsBusyTwiceInThousandsOfLives() {
    for (int seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Mailbox mailbox = new Mailbox(1 + random.nextInt(4), 50, 100_000);
      Set<Long> waiting = new HashSet<>();
      List<String> busy = new ArrayList<>();
      for (long call = 1; call < 200; call++) {
        if (random.nextBoolean()
            && mailbox.offer("k" + random.nextInt(6), envelope(call), 0, _ -> {})) {
          waiting.add(call);
        }
        Optional<Mailbox.Next> next = random.nextBoolean() ? mailbox.next(0) : Optional.empty();
        if (next.isPresent()) {
          assertThat(busy).as("seed %d", seed).doesNotContain(next.get().key());
          busy.add(next.get().key());
          assertThat(waiting.remove(next.get().envelope().call())).as("seed %d", seed).isTrue();
        }
        if (!busy.isEmpty() && random.nextBoolean()) {
          mailbox.done(busy.remove(random.nextInt(busy.size())));
        }
      }
      while (!busy.isEmpty() || mailbox.size() > 0) {
        busy.forEach(mailbox::done);
        busy.clear();
        mailbox
            .next(0)
            .ifPresent(it -> {
              busy.add(it.key());
              waiting.remove(it.envelope().call());
            });
      }
      assertThat(waiting).as("seed %d", seed).isEmpty();
    }
  }

  private static Envelope envelope(long call) {
    return new Envelope(call, "a1", Target.of("p"), 1, new byte[1], "r" + call, 50, 1, TRACE);
  }
}
