package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The load before it counts: sent at its own rate, second by second, until the system is steady
 * under it, so that neither the client's own start nor that of the servers counts as slowness. What
 * is written is in the books, and must neither be lost nor doubled.
 *
 * <p>Steady is a second in which every request got a real reply within a quarter of its deadline;
 * {@value #STEADY_SECONDS} of them in a row are wanted. A system that is never steady in the time
 * that the plan allows shows that in the load itself.
 */
final class WarmUp {
  static final int STEADY_SECONDS = 2;
  private static final int LEAST_PER_SECOND = 50;
  private static final int MOST_PER_SECOND = 1_000;
  private static final Duration TICK = Duration.ofMillis(1);

  private final TrialPlan plan;
  private final TrialBooks books;
  private final RequestRecorder recorder;
  private final TrialListener listener;
  private final Arrivals arrivals;
  private long number;

  WarmUp(TrialPlan plan, TrialBooks books, RequestRecorder recorder, TrialListener listener) {
    this.plan = plan;
    this.books = books;
    this.recorder = recorder;
    this.listener = listener;
    int perSecond = Math.clamp(plan.load().perSecond(), LEAST_PER_SECOND, MOST_PER_SECOND);
    arrivals = new Arrivals(perSecond, ~plan.load().seed());
  }

  /** Sends until the system is steady or the time is up. */
  void run() throws InterruptedException {
    long begun = System.nanoTime();
    long end = begun + plan.patience().warmUp().toNanos();
    int steady = 0;
    while (steady < STEADY_SECONDS && System.nanoTime() < end) {
      List<Heard> second = second(end);
      long unsteady = second.stream().filter(it -> !isSteady(it)).count();
      steady = unsteady == 0 ? steady + 1 : 0;
      if (unsteady > 0) {
        Duration since = Duration.ofNanos(System.nanoTime() - begun);
        listener.on(new TrialEvent.Unsteady(since.toMillis(), second.size(), unsteady));
      }
    }
  }

  /** One request and what came of it. */
  private record Heard(Optional<EdgeReply> reply, Duration after) {}

  private boolean isSteady(Heard heard) {
    Duration quick = plan.patience().deadline().dividedBy(4);
    return heard.reply().filter(EdgeReply::isReal).isPresent()
        && heard.after().compareTo(quick) <= 0;
  }

  /** Sends for a second, and waits for all replies to that. */
  private List<Heard> second(long end) throws InterruptedException {
    List<CompletableFuture<Heard>> underWay = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = 0; i < arrivals.perSecond() && System.nanoTime() < end; i++) {
      while (System.nanoTime() - begun < arrivals.intendedNanos(i)) {
        Trial.pause(TICK);
      }
      underWay.add(send(number++));
    }
    return underWay.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<Heard> send(long request) {
    long sent = System.nanoTime();
    TrialCall call = plan.workload().draw(plan.load().run(), arrivals.randomOf(request), books);
    String key = "%016x-warm-%d".formatted(plan.load().run(), request);
    recorder.rehearsed(key, call);
    return plan.target()
        .client()
        .request(call.keyed(key), plan.patience().deadline())
        .handle((reply, _) -> heard(key, call, reply, sent));
  }

  private Heard heard(String key, TrialCall call, @Nullable EdgeReply reply, long sent) {
    Duration after = Duration.ofNanos(System.nanoTime() - sent);
    if (reply != null) {
      var _ = recorder.heard(key, call, reply);
    }
    return new Heard(Optional.ofNullable(reply), after);
  }
}
