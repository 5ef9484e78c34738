package io.hormesis.trial;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.server.Redundancy;
import io.hormesis.server.SystemStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One run: waits until the system is whole, sends the load, lets the nemesis strike, waits until
 * the system is whole again, reads every write back, and judges. For one use.
 */
public final class Trial {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration QUICK_TICK = Duration.ofMillis(20);
  private static final int WARM_UP = 100;

  private final TrialPlan plan;
  private final TrialListener listener;
  private final Books books = new Books();
  private final Faults faults = new Faults();
  private final Witness witness;
  private volatile boolean stopped;

  /** Prepares a run; nothing is sent before {@link #run()}. */
  public Trial(TrialPlan plan, TrialListener listener) {
    this.plan = plan;
    this.listener = oneAtATime(listener);
    long deadline = plan.patience().deadline().toNanos();
    witness = new Witness(plan.workload(), deadline, books, faults, this.listener);
  }

  /** Runs a plan from its beginning to its verdict. */
  public static TrialResult run(TrialPlan plan, TrialListener listener)
      throws NotSteady, InterruptedException {
    return new Trial(plan, listener).run();
  }

  /** Ends the load now, as if its time were over; what was sent is still judged. */
  public void stop() {
    stopped = true;
  }

  /** Runs to the verdict; longer than the load by the waits that patience allows. */
  public TrialResult run() throws NotSteady, InterruptedException {
    awaitSteady();
    warmUp();
    long start = System.nanoTime();
    var generator = new Generator(plan, books, witness, start);
    var beat = new Beat(witness.tally(), listener);
    var sending = new FutureTask<>(generator::send);
    Thread.ofPlatform().name("load").daemon().start(sending);
    listener.on(new TrialEvent.Began(plan.load().seed(), plan.load().perSecond()));
    try {
      while (!sending.isDone()) {
        step(start, Optional.of(beat), generator);
        if (stopped) {
          generator.stop();
        }
      }
    } finally {
      generator.stop();
    }
    checkSent(sending);
    double seconds = Math.min(millisSince(start), plan.load().duration().toMillis()) / 1_000.0;
    awaitReplies(start, generator);
    awaitRepair(start);
    long end = System.nanoTime() - start;
    placeFailed();
    new Audit(plan.workload(), books, reader(), listener).run();
    TrialResult result = judge(seconds, end);
    listener.on(new TrialEvent.Judged(result));
    return result;
  }

  private static void checkSent(FutureTask<Long> sending) throws InterruptedException {
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a workload must not fail to draw a call", e.getCause());
    }
  }

  private void awaitSteady() throws NotSteady, InterruptedException {
    long start = System.nanoTime();
    Duration patience = plan.patience().steady();
    String missing = "no server answers";
    while (System.nanoTime() - start < patience.toNanos()) {
      Optional<SystemStatus> status = plan.target().status().status();
      Optional<String> lack = status.flatMap(Redundancy::missing);
      if (status.isPresent() && lack.isEmpty()) {
        return;
      }
      missing = lack.orElse("no server answers");
      Thread.sleep(TICK);
    }
    throw new NotSteady(missing, patience);
  }

  /** Reads a little before the load begins, uncounted, so that the client's own start is over. */
  private void warmUp() throws InterruptedException {
    var arrivals = new Arrivals(1, ~plan.load().seed());
    for (int i = 0; i < WARM_UP; i++) {
      Call call =
          plan.workload().draw(plan.load().run(), arrivals.randomOf(i), _ -> Optional.empty());
      if (call instanceof Call.Read read) {
        await(read.request());
      }
    }
  }

  private void step(long start, Optional<Beat> beat, Generator generator)
      throws InterruptedException {
    Optional<SystemStatus> status = plan.target().status().status();
    long now = millisSince(start);
    if (status.isPresent()) {
      faults.seen(status.get(), now).forEach(listener::on);
      listener.on(new TrialEvent.Seen(now, status.get()));
      if (beat.isPresent() && plan.strikes().isPresent()) {
        strike(plan.strikes().get(), status.get(), start);
      }
    }
    beat.ifPresent(it -> it.at(millisSince(start), generator.underWay()));
    Thread.sleep(faults.undetected() ? QUICK_TICK : TICK);
  }

  private void strike(TrialPlan.Strikes strikes, SystemStatus status, long start)
      throws InterruptedException {
    var next = strikes.nemesis().next(status, Duration.ofMillis(millisSince(start)));
    if (next.isPresent()) {
      long at = millisSince(start);
      boolean met = kill(strikes.killer(), next.get());
      if (!met) {
        strikes.nemesis().missed(next.get());
      }
      listener.on(faults.killed(at, next.get(), status, met));
    }
  }

  private static boolean kill(Killer killer, Nemesis.Attack attack) throws InterruptedException {
    try {
      return killer.kill(attack.target());
    } catch (IOException notMet) {
      return false;
    }
  }

  private void awaitReplies(long start, Generator generator) throws InterruptedException {
    long limit = System.nanoTime() + plan.patience().deadline().multipliedBy(2).toNanos();
    while (generator.underWay() > 0 && System.nanoTime() < limit) {
      step(start, Optional.empty(), generator);
    }
  }

  private void awaitRepair(long start) throws InterruptedException {
    long limit = System.nanoTime() + plan.patience().repair().toNanos();
    while (!faults.allRepaired() && System.nanoTime() < limit) {
      plan.target()
          .status()
          .status()
          .ifPresent(it -> faults.seen(it, millisSince(start)).forEach(listener::on));
      Thread.sleep(TICK);
    }
  }

  /** Finds out which partitions the failed requests were for, by asking for their keys again. */
  private void placeFailed() throws InterruptedException {
    for (Sent failed : witness.unplaced()) {
      EdgeRequest again =
          switch (failed.call()) {
            case Call.Read read -> read.request();
            case Call.Write write -> plan.workload().readBack(write, write.spot());
          };
      witness.placed(failed, await(again));
    }
  }

  private TrialResult judge(double seconds, long endNanos) {
    Map<String, Long> gaps = witness.gaps().longestMillis(endNanos);
    Report.Requests requests = witness.tally().total();
    Report.Writes writes = books.writes();
    Judge judge =
        Judge.of(
            new Judge.Evidence(
                requests,
                writes,
                books.contradictions(),
                plan.strikes().isPresent(),
                faults.met()));
    var report =
        new Report(
            judge.verdict(),
            plan.load().seed(),
            seconds,
            requests,
            gaps.values().stream().mapToLong(it -> it).max().orElse(0),
            witness.tally().latency(),
            writes,
            faults.reports());
    return new TrialResult(
        report,
        judge.reasons(),
        books.findings(),
        witness.failures(),
        witness.tally().rawLatency(),
        faults.aways(),
        gaps);
  }

  private Optional<EdgeReply> await(EdgeRequest request) throws InterruptedException {
    try {
      var pending = plan.target().doors().request(request, plan.patience().deadline());
      return Optional.of(pending.get());
    } catch (ExecutionException noReply) {
      return Optional.empty();
    }
  }

  private Reader reader() {
    return new Reader(plan.target().doors(), plan.patience());
  }

  private static TrialListener oneAtATime(TrialListener listener) {
    var lock = new ReentrantLock();
    return event -> {
      lock.lock();
      try {
        listener.on(event);
      } finally {
        lock.unlock();
      }
    };
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
