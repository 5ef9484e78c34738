package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends an open-loop load: every request at its intended time, whatever became of the ones before.
 * When the generator itself is late it catches up at once, and latencies still count from the
 * intended time. Requests under way are limited; one beyond that counts as sent and failed, and is
 * never left out.
 */
final class LoadGenerator {
  private static final int LEAST_UNDER_WAY = 64;

  private final TrialPlan plan;
  private final TrialBooks books;
  private final RequestRecorder recorder;
  private final long startNanos;
  private final Arrivals arrivals;
  private final int mostUnderWay;
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean stopped;

  LoadGenerator(TrialPlan plan, TrialBooks books, RequestRecorder recorder, long startNanos) {
    this.plan = plan;
    this.books = books;
    this.recorder = recorder;
    this.startNanos = startNanos;
    arrivals = new Arrivals(plan.load().perSecond(), plan.load().seed());
    mostUnderWay = mostUnderWay(plan);
  }

  /** Twice what can wait for its deadline when nothing is answered. */
  static int mostUnderWay(TrialPlan plan) {
    long waiting = plan.load().perSecond() * plan.patience().deadline().toMillis() / 1_000;
    return (int) Math.max(LEAST_UNDER_WAY, 2 * waiting);
  }

  /** Sends until the load is over or stopped; returns how many requests that were. */
  long send() {
    long requests = plan.load().requests();
    for (long number = 0; number < requests; number++) {
      if (!waitUntil(arrivals.intendedNanos(number))) {
        return number;
      }
      send(number);
    }
    waitUntil(plan.load().duration().toNanos());
    return requests;
  }

  /** Ends the load early. */
  void stop() {
    stopped = true;
  }

  int underWay() {
    return underWay.get();
  }

  private boolean waitUntil(long intendedNanos) {
    for (long left = intendedNanos - now(); left > 0; left = intendedNanos - now()) {
      if (stopped || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(Math.min(left, Duration.ofMillis(100).toNanos()));
    }
    return !stopped;
  }

  private void send(long number) {
    long intended = arrivals.intendedNanos(number);
    TrialCall call = plan.workload().draw(plan.load().run(), arrivals.randomOf(number), books);
    String key = "%016x-%d".formatted(plan.load().run(), number);
    var sent = new Sent(key, call, intended, now());
    if (underWay.incrementAndGet() > mostUnderWay) {
      underWay.decrementAndGet();
      recorder.unsent(sent);
      return;
    }
    recorder.sent(sent);
    Duration left = plan.patience().deadline().minusNanos(Math.max(0, now() - intended));
    var reply = plan.target().client().request(call.keyed(key), atLeastOneMilli(left));
    var _ = reply.whenComplete((it, failure) -> ended(sent, Optional.ofNullable(it), failure));
  }

  private void ended(Sent sent, Optional<EdgeReply> reply, @Nullable Throwable failure) {
    try {
      if (reply.isPresent()) {
        recorder.replied(sent, reply.get(), now());
      } else {
        recorder.silent(sent, now(), cause(failure));
      }
    } finally {
      underWay.decrementAndGet(); // last, so that nobody counts before all is written down
    }
  }

  private static Throwable cause(@Nullable Throwable failure) {
    if (failure == null) {
      return new IOException("the reply was nothing");
    }
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static Duration atLeastOneMilli(Duration left) {
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private long now() {
    return System.nanoTime() - startNanos;
  }
}
