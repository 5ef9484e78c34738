package io.hormesis.replication;

import io.hormesis.engine.port.Strand;
import io.microraft.executor.RaftNodeExecutor;
import io.microraft.impl.task.LeaderElectionTimeoutTask;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one MicroRaft node on its group's strand, strictly first in first out: else an entry might
 * be acknowledged before its force.
 *
 * <p>MicroRaft counts heartbeats in whole seconds; here its time runs {@value #SCALE} times as fast
 * as ours, as in {@link ScaledClock}. What it hands over while we are on the strand and say so with
 * {@link #inline} runs at once. A dropped node's tasks never run again.
 */
final class NodeExecutor implements RaftNodeExecutor {

  static final int SCALE = 10;

  private static final int MOST_DOUBLINGS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(NodeExecutor.class);

  private final Strand strand;
  private final Stopped stopped;
  private final boolean patienceGrows;
  private int elections;
  private boolean inline;
  private boolean dropped;

  NodeExecutor(Strand strand, Stopped stopped, WorkaroundSwitches switches) {
    this.strand = strand;
    this.stopped = stopped;
    this.patienceGrows = switches.patienceGrows();
  }

  @Override
  public void execute(Runnable task) {
    if (inline) {
      run(task);
    } else {
      strand.execute(() -> run(task));
    }
  }

  @Override
  public void submit(Runnable task) {
    strand.execute(() -> run(task));
  }

  @Override
  public void schedule(Runnable task, long delay, TimeUnit unit) {
    Duration scaled = Duration.ofNanos(unit.toNanos(delay) / SCALE);
    boolean patient = task instanceof LeaderElectionTimeoutTask && patienceGrows;
    var _ = strand.schedule(patient ? grown(scaled) : scaled, () -> run(task));
  }

  /**
   * L8: MicroRaft waits equally long for the votes of each election. While a voter that is needed
   * is slower than that, its vote always comes for the term before. So an election in a row has
   * twice the time of the one before, up to a limit: a leader that is answered later than in a
   * second gives up anyway.
   */
  private Duration grown(Duration patience) {
    int doublings = Math.min(elections++, MOST_DOUBLINGS);
    return patience.multipliedBy(1L << doublings);
  }

  /** A leader is known: the next election is the first in a row. On the strand only. */
  void leaderFound() {
    elections = 0;
  }

  /** Runs a call into the node; what it executes runs within it. On the strand only. */
  void inline(Runnable call) {
    boolean before = inline;
    inline = true;
    try {
      call.run();
    } finally {
      inline = before;
    }
  }

  /** No task of this node runs any more. On the strand only. */
  void drop() {
    dropped = true;
  }

  boolean dropped() {
    return dropped;
  }

  private void run(Runnable task) {
    if (dropped || stopped.yes()) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException | AssertionError e) {
      LOG.error("a task of a group failed", e);
    }
  }
}
