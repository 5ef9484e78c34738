package io.hormesis.trial;

import io.hormesis.edge.EdgeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One run: waits until the system is fully redundant, warms it up, sends the load, lets the nemesis
 * strike, waits until it is so again, reads every write back, and judges. For one use.
 */
public final class Trial {
  private final TrialPlan plan;
  private final TrialListener listener;
  private final TrialBooks books = new TrialBooks();
  private final Faults faults = new Faults();
  private final RequestRecorder recorder;
  private volatile boolean stopped;

  /** Prepares a run; nothing is sent before {@link #run()}. */
  public Trial(TrialPlan plan, TrialListener listener) {
    this.plan = plan;
    this.listener = oneAtATime(listener);
    long deadline = plan.patience().deadline().toNanos();
    recorder = new RequestRecorder(plan.workload(), deadline, books, faults, this.listener);
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
    new SteadyStateGate(plan).awaitSteady();
    new WarmUp(plan, books, recorder, listener).run();
    long start = System.nanoTime();
    var watch = new SystemWatch(plan, faults, recorder.window(), listener, start);
    Processors.watch();
    double seconds;
    Processors processors;
    try (var _ = plan.target().signals().follow(watch::noticed)) {
      seconds = load(watch, new LoadGenerator(plan, books, recorder, start));
      processors = Processors.sinceWatched();
      awaitRepair(watch);
    }
    long endNanos = System.nanoTime() - start;
    placeFailed();
    new Auditor(new Audit(Optional.of(plan.workload()), books), reader(), listener).run();
    TrialResult result = judge(seconds, endNanos, processors);
    listener.on(new TrialEvent.Judged(result));
    return result;
  }

  /** Waits in real time, between two looks at a system that really runs. */
  static void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }

  /** Sends the load and waits for the replies to it; returns how many seconds it was sent. */
  private double load(SystemWatch watch, LoadGenerator generator) throws InterruptedException {
    var ticker = new ProgressTicker(recorder.tally(), listener);
    var sending = new FutureTask<>(generator::send);
    listener.on(new TrialEvent.Began(plan.load().seed(), plan.load().perSecond()));
    Thread.ofPlatform().name("load").daemon().start(sending);
    try {
      while (!sending.isDone()) {
        watch.lookAndStrike();
        ticker.at(watch.millis(), generator.underWay());
        watch.pause();
        if (stopped) {
          generator.stop();
        }
      }
    } finally {
      generator.stop();
    }
    checkSent(sending);
    long millis = Math.min(watch.millis(), plan.load().duration().toMillis());
    awaitReplies(watch, generator);
    ticker.at(watch.millis(), generator.underWay());
    return millis / 1_000.0;
  }

  private static void checkSent(FutureTask<Long> sending) throws InterruptedException {
    try {
      sending.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a workload must not fail to draw a call", e.getCause());
    }
  }

  /** Every request ends by its deadline; what does not in twice that time has failed. */
  private void awaitReplies(SystemWatch watch, LoadGenerator generator)
      throws InterruptedException {
    long limit = after(plan.patience().deadline().multipliedBy(2));
    while (generator.underWay() > 0 && System.nanoTime() < limit) {
      watch.look();
      watch.pause();
    }
  }

  private void awaitRepair(SystemWatch watch) throws InterruptedException {
    long limit = after(plan.patience().repair());
    while (!faults.allRepaired() && System.nanoTime() < limit) {
      watch.look();
      watch.pause();
    }
  }

  /** Finds out which partitions the failed requests were for, by asking for their keys again. */
  private void placeFailed() throws InterruptedException {
    var requests = new LinkedHashMap<EdgeRequest, List<Sent>>();
    for (Sent failed : recorder.unplaced()) {
      EdgeRequest again =
          switch (failed.call()) {
            case TrialCall.Read read -> read.request();
            case TrialCall.Write write -> plan.workload().readBack(write, write.spot());
          };
      requests.computeIfAbsent(again, _ -> new ArrayList<>()).add(failed);
    }
    reader()
        .read(
            requests.keySet(),
            (_, _) -> true,
            (request, reply) ->
                requests
                    .getOrDefault(request, List.of())
                    .forEach(failed -> recorder.placed(failed, reply)));
  }

  private TrialResult judge(double seconds, long endNanos, Processors processors) {
    Map<String, Long> gaps = recorder.gaps().longestMillis(endNanos);
    Report.Requests requests = recorder.tally().total();
    Report.Writes writes = books.writes();
    boolean strikesAsked = plan.strikes().isPresent();
    Judge judge =
        Judge.of(
            new Judge.Evidence(
                requests,
                new Judge.Shed(recorder.tally().shed(), seconds),
                writes,
                books.contradictions(),
                strikesAsked,
                faults.met(),
                processors));
    var report =
        new Report(
            judge.verdict(),
            plan.load().seed(),
            seconds,
            requests,
            gaps.values().stream().mapToLong(it -> it).max().orElse(0),
            recorder.tally().latency(),
            writes,
            faults.reports());
    return new TrialResult(
        report,
        judge.reasons(),
        books.findings(),
        recorder.failures(),
        recorder.tally().rawLatency(),
        faults.aways(),
        gaps);
  }

  private Reader reader() {
    return new Reader(plan.target().client(), plan.patience());
  }

  private static long after(Duration wait) {
    return System.nanoTime() + wait.toNanos();
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
}
