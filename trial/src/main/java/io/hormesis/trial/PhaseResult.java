package io.hormesis.trial;

import java.util.OptionalLong;

/**
 * What became of the requests of one phase. Each is in exactly one of the counts {@code good} to
 * {@code broken}. Times are milliseconds from the intended send.
 *
 * @param offered requests whose intended send time came
 * @param good real replies inside the deadline
 * @param refusedAtOnce refused by the platform (503, 429) within {@link PhaseCounts#AT_ONCE}
 * @param refusedLate refused by the platform, but later than that
 * @param defaultReplies answered by a default reply
 * @param unknown answered 504
 * @param timedOut sent, and not answered inside the deadline
 * @param unsent never sent: no connection was free inside the deadline
 * @param broken the connection failed, or the reply was none of the above
 * @param untrue replies that break a promise; also in {@code broken}
 * @param accepted writes that were acknowledged
 * @param p50 median latency of the good ones
 * @param refusalP99 of those that were refused at once
 * @param lagP99 how late the generator itself was
 * @param generatorCpuSeconds what the generator's process took while it sent
 * @param answeredAgain from when on 99.9 % of this phase were good, in milliseconds since it began;
 *     empty when that was not so even in its last second
 */
public record PhaseResult(
    LoadPhase phase,
    long offered,
    long good,
    long refusedAtOnce,
    long refusedLate,
    long defaultReplies,
    long unknown,
    long timedOut,
    long unsent,
    long broken,
    long untrue,
    long accepted,
    double p50,
    double p99,
    double max,
    double refusalP99,
    double lagP99,
    double generatorCpuSeconds,
    OptionalLong answeredAgain) {

  /** Whether 99.9 % of what was offered were answered by real replies inside the deadline. */
  public boolean held() {
    return (offered - good) * 1_000 <= offered;
  }

  /** Good replies a second. */
  public double goodput() {
    return good * 1_000.0 / phase.millis();
  }
}
