package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strand;
import io.hormesis.replication.Replica;
import io.hormesis.replication.ReplicaStatus;
import io.hormesis.replication.Role;
import io.hormesis.replication.Undelivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the notices of one partition while this server leads it: at least once, each again and
 * again until its receiver has taken it. Receivers apply each once, by its request id.
 */
final class NoticeOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeOutbox.class);
  private static final int MOST_AT_ONCE = 1000;
  private static final int MANY_TAKEN = 32;
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration GATHER = Duration.ofMillis(300);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Replica replica;
  private final Strand strand;
  private final Clock clock;
  private final RandomGenerator random;
  private final Notices notices;
  private final Delivery delivery;
  private final List<Undelivered> taken = new ArrayList<>();
  private final OutboxWindow window = new OutboxWindow();
  private OutboxQueue queue = new OutboxQueue();

  /** The term of leadership that the queue is of, 0: none. Others deliver in other terms. */
  private long term;

  private boolean reporting;
  private boolean waiting;

  NoticeOutbox(
      Replica replica,
      Strand strand,
      Clock clock,
      RandomGenerator random,
      Notices notices,
      Delivery delivery) {
    this.replica = replica;
    this.strand = strand;
    this.clock = clock;
    this.random = random;
    this.notices = notices;
    this.delivery = delivery;
  }

  /** There may be something to deliver. */
  void filled() {
    strand.execute(this::work);
  }

  private void work() {
    if (!leads(replica.status())) {
      return;
    }
    List<Undelivered> added = replica.outbox(queue.last(), MOST_AT_ONCE);
    added.forEach(it -> queue.add(it, notices.target(it.notice())));
    if (added.size() == MOST_AT_ONCE) {
      strand.execute(this::work);
    }
    int most = window.size(replica.outboxFill());
    for (var next = queue.next(most); next.isPresent(); next = queue.next(most)) {
      send(next.get());
    }
  }

  private boolean leads(ReplicaStatus status) {
    boolean leads = status.role() == Role.LEADER;
    long now = leads ? status.term() : 0;
    if (now != term) {
      term = now;
      queue = new OutboxQueue();
      taken.clear();
    }
    return leads;
  }

  private void send(Undelivered one) {
    OutboxQueue from = queue;
    long began = millis();
    window.sent();
    var _ =
        delivery
            .send(notices.message(one.notice(), began + ATTEMPT.toMillis()))
            .thenAccept(ending -> strand.execute(() -> ended(from, one, began, ending)));
  }

  private void ended(OutboxQueue from, Undelivered one, long began, CallResult<Object> ending) {
    window.ended(began, millis(), taken(ending));
    from.ended(one.number());
    if (from != queue) {
      return;
    }
    if (taken(ending)) {
      taken.add(one);
      reportSoon();
    } else {
      LOG.debug("notice {} is not delivered yet: {}", one.number(), ending);
      strand.schedule(PAUSE.plusMillis(random.nextInt(100)), () -> again(from, List.of(one)));
    }
    work();
  }

  private void again(OutboxQueue of, List<Undelivered> waiting) {
    waiting.forEach(it -> of.add(it, notices.target(it.notice())));
    work();
  }

  private long millis() {
    return clock.nanos() / 1_000_000;
  }

  /** Taken now, or so long ago that the receiver has forgotten its reply. */
  private static boolean taken(CallResult<Object> ending) {
    return ending instanceof CallResult.Replied<Object>
        || (ending instanceof CallResult.Refused<Object> refused
            && refused.cause() == CallResult.Cause.KEY_FORGOTTEN);
  }

  /** Waits a little for more, for each report is an entry of its own. */
  private void reportSoon() {
    if (taken.isEmpty()) {
      return;
    }
    if (taken.size() >= MANY_TAKEN) {
      report();
    } else if (!waiting) {
      waiting = true;
      strand.schedule(
          GATHER,
          () -> {
            waiting = false;
            report();
          });
    }
  }

  /** Tells the log what was taken: all that came in meanwhile in one entry. */
  private void report() {
    if (reporting || taken.isEmpty()) {
      return;
    }
    reporting = true;
    OutboxQueue of = queue;
    List<Undelivered> told = List.copyOf(taken);
    taken.clear();
    var _ =
        replica
            .delivered(told.stream().map(Undelivered::number).toList())
            .whenComplete((_, failure) -> strand.execute(() -> reported(of, told, failure)));
  }

  /** What could not be recorded goes out again. */
  private void reported(OutboxQueue of, List<Undelivered> told, @Nullable Throwable failure) {
    reporting = false;
    if (failure != null) {
      again(of, told);
    }
    report();
  }
}
