package io.hormesis.trial;

import io.hormesis.server.SystemStatus;
import java.util.List;

/** What a trial tells while it runs, for a live view. Times count from where the load began. */
public sealed interface TrialEvent {

  /**
   * A second of warm-up in which the system was not steady yet; none of it counts.
   *
   * @param afterMillis since the warm-up began
   * @param sent requests of that second
   * @param unsteady how many of them got no reply, a default reply or a slow one
   */
  record Unsteady(long afterMillis, int sent, long unsteady) implements TrialEvent {}

  /** The system is whole and warm, and the load begins. */
  record Began(long seed, int perSecond) implements TrialEvent {}

  /** A server's view of the system, several times a second. */
  record Seen(long atMillis, SystemStatus status) implements TrialEvent {}

  /**
   * One second of load.
   *
   * @param second which, from 1
   * @param inSecond what was sent and what ended in it
   * @param underWay requests without a reply yet
   */
  record Second(long second, Report.Requests inSecond, int underWay) implements TrialEvent {}

  /**
   * A fault.
   *
   * @param reason why this target
   * @param places the processes and partitions that it served, which are away until {@link Back}
   * @param met whether it really happened
   */
  record Struck(
      long atMillis, String kind, String target, String reason, List<String> places, boolean met)
      implements TrialEvent {}

  /**
   * Nothing is broken, because the load itself is not steady; told now and then.
   *
   * @param unsteadyReason why it is not
   */
  record Waits(long atMillis, String unsteadyReason) implements TrialEvent {}

  /** The first server has noticed a fault. */
  record Detected(String target, long afterMillis) implements TrialEvent {}

  /**
   * A process or partition that the target of a fault served gave its first real reply.
   *
   * @param place such as {@code tax-desk/1}
   */
  record Back(String target, String place, long afterMillis) implements TrialEvent {}

  /** Full redundancy is there again after a fault. */
  record Repaired(String target, long afterMillis) implements TrialEvent {}

  /** The load has ended, and what was acknowledged is read back. */
  record Counting(long read, long total) implements TrialEvent {}

  /** The end. */
  record Judged(TrialResult result) implements TrialEvent {}
}
