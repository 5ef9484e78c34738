package io.hormesis.server;

import io.hormesis.engine.delivery.CallResult;
import io.hormesis.engine.delivery.Target;
import io.hormesis.engine.port.Clock;
import io.hormesis.engine.port.Strand;
import io.hormesis.replication.Replica;
import io.hormesis.replication.Role;
import io.hormesis.replication.Undelivered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the notices of one partition while this server leads it: at least once, each again and
 * again until its receiver has taken it. Receivers apply each once, by its request id.
 */
final class NoticeOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeOutbox.class);
  private static final int MOST_UNDER_WAY = 64;
  private static final int MOST_TO_ONE_PLACE = 16;
  private static final int LOOK_AHEAD = 1000;
  private static final Duration ATTEMPT = Duration.ofSeconds(5);
  private static final Duration GATHER = Duration.ofMillis(300);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Replica replica;
  private final Strand strand;
  private final Clock clock;
  private final RandomGenerator random;
  private final Notices notices;
  private final Delivery delivery;
  private final Map<Long, Target> underWay = new HashMap<>();
  private final List<Long> taken = new ArrayList<>();
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
    if (replica.status().role() != Role.LEADER) {
      return;
    }
    for (Undelivered one : replica.outbox(LOOK_AHEAD)) {
      Target to = notices.target(one.notice());
      boolean room = underWay.size() < MOST_UNDER_WAY && underWayTo(to) < MOST_TO_ONE_PLACE;
      if (room && underWay.putIfAbsent(one.number(), to) == null) {
        send(one);
      }
    }
  }

  /** A receiver that takes nothing must not hold up what is meant for others. */
  private long underWayTo(Target place) {
    return underWay.values().stream().filter(place::equals).count();
  }

  private void send(Undelivered one) {
    long deadline = clock.nanos() / 1_000_000 + ATTEMPT.toMillis();
    var _ =
        delivery
            .send(notices.message(one.notice(), deadline))
            .thenAccept(ending -> strand.execute(() -> ended(one.number(), ending)));
  }

  private void ended(long number, CallResult<Object> ending) {
    if (taken(ending)) {
      taken.add(number);
      reportSoon();
    } else {
      LOG.debug("notice {} is not delivered yet: {}", number, ending);
      strand.schedule(PAUSE.plusMillis(random.nextInt(100)), () -> release(List.of(number)));
    }
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
    if (taken.size() >= MOST_UNDER_WAY / 2) {
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
    List<Long> numbers = List.copyOf(taken);
    taken.clear();
    var _ =
        replica
            .delivered(numbers)
            .whenComplete((_, _) ->
                strand.execute(() -> {
                  reporting = false;
                  // Whether it was recorded or not: what is still in the outbox goes out again.
                  release(numbers);
                  report();
                }));
  }

  private void release(List<Long> numbers) {
    numbers.forEach(underWay::remove);
    work();
  }
}
