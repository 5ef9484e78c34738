package io.hormesis.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.port.Priority;
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
    Mailbox.Next first = mailbox.next(0).orElseThrow();
    assertThat(first.envelope().call()).isEqualTo(1);
    assertThat(mailbox.next(0)).isEmpty();
    assertThat(mailbox.done(first)).isTrue();
    assertThat(mailbox.done(first)).isFalse();
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
  void aWorkerThatDoesNotComeBackIsSeen() {
    Mailbox mailbox = new Mailbox(1, 10, 1000);
    mailbox.offer("k", envelope(1), 0, _ -> {});
    mailbox.offer("k", envelope(2), 2000, _ -> {});
    Mailbox.Next lost = mailbox.next(0).orElseThrow();
    assertThat(mailbox.overdue(1049, 1000)).isEmpty();
    assertThat(mailbox.overdue(1050, 1000)).containsExactly(lost);
    assertThat(mailbox.done(lost)).isTrue();
    assertThat(mailbox.next(2010).orElseThrow().envelope().call()).isEqualTo(2);
  }

  @Test
  void whatWaitedTooLongInAQueueThatStandsIsRefused() {
    Mailbox mailbox = new Mailbox(1, 1000, 100_000);
    List<CallResult<byte[]>> refused = new ArrayList<>();
    long handled = 0;
    for (long now = 0; now < 5_000; now += 10) {
      mailbox.offer("k" + now, patient(now), now, refused::add);
      if (now % 20 == 0) {
        Optional<Mailbox.Next> next = mailbox.next(now);
        next.ifPresent(mailbox::done);
        handled += next.isPresent() ? 1 : 0;
      }
    }
    assertThat(handled).as("half of what is offered can be done").isGreaterThan(240);
    assertThat(refused)
        .hasSizeGreaterThan(150)
        .allSatisfy(it ->
            assertThat(it)
                .isInstanceOfSatisfying(
                    CallResult.Refused.class,
                    refusal -> assertThat(refusal.cause()).isEqualTo(CallResult.Cause.OVERLOADED)));
    assertThat(mailbox.size()).as("the queue stays short").isLessThan(60);
  }

  @Test
  void allThatWaitsCanBeTurnedAway() {
    Mailbox mailbox = new Mailbox(1, 10, 1000);
    mailbox.offer("k", envelope(1), 0, _ -> {});
    mailbox.offer("l", envelope(2), 0, _ -> {});
    mailbox.offer("k", envelope(3), 0, _ -> {});
    Mailbox.Next busy = mailbox.next(0).orElseThrow();
    assertThat(mailbox.emptied())
        .extracting(it -> it.envelope().call())
        .containsExactlyInAnyOrder(2L, 3L);
    assertThat(mailbox.size()).isZero();
    assertThat(mailbox.bytes()).isZero();
    mailbox.done(busy);
    assertThat(mailbox.next(0)).isEmpty();
  }

  @Test
  void nothingIsLostAndNoKeyIsBusyTwiceInThousandsOfLives() {
    for (int seed = 0; seed < 2000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Mailbox mailbox = new Mailbox(1 + random.nextInt(4), 50, 100_000);
      Set<Long> waiting = new HashSet<>();
      List<Mailbox.Next> busy = new ArrayList<>();
      for (long call = 1; call < 200; call++) {
        if (random.nextBoolean()
            && mailbox.offer("k" + random.nextInt(6), envelope(call), 0, _ -> {})) {
          waiting.add(call);
        }
        Optional<Mailbox.Next> next = random.nextBoolean() ? mailbox.next(0) : Optional.empty();
        if (next.isPresent()) {
          assertThat(busy)
              .as("seed %d", seed)
              .extracting(Mailbox.Next::key)
              .doesNotContain(next.get().key());
          busy.add(next.get());
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
              busy.add(it);
              waiting.remove(it.envelope().call());
            });
      }
      assertThat(waiting).as("seed %d", seed).isEmpty();
    }
  }

  private static Envelope patient(long call) {
    RequestContext context = RequestContext.begin(TRACE, Priority.REQUEST).named("r" + call, false);
    return new Envelope(call, "a1", Target.of("p"), "", 1, new byte[1], 10_000, context);
  }

  private static Envelope envelope(long call) {
    RequestContext context = RequestContext.begin(TRACE, Priority.REQUEST).named("r" + call, false);
    return new Envelope(call, "a1", Target.of("p"), "", 1, new byte[1], 50, context);
  }
}
