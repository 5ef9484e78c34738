package io.hormesis.simulation;

import java.time.Duration;
import java.util.List;

/**
 * How long a server's processor is busy with what the server does, so that work which comes faster
 * than it can be done waits, as on a real machine. Each is the mean; what a piece of work takes is
 * drawn from half to one and a half of it.
 *
 * <p>Source: service times are declared and not measured in a run, so that a seed is the same on
 * every machine; {@link #MEASURED} says where they are from.
 *
 * @param cores how many pieces of work are done at once
 * @param call to read a call that is let in, and to make a request of it
 * @param reply to write the reply to such a call
 * @param refusal to read a call that is not let in, and to refuse it
 * @param frameIn to read a frame of another server
 * @param frameOut to send one
 * @param task a task of a strand
 * @param step a worker on a message, from its bytes to those of its reply
 * @param force to have a disk forced; how long the disk takes is another matter
 */
public record ServiceTimes(
    int cores,
    Duration call,
    Duration reply,
    Duration refusal,
    Duration frameIn,
    Duration frameOut,
    Duration task,
    Duration step,
    Duration force) {

  /**
   * One core for each server. In all a request of the tax season, with its notices, commits and
   * what it takes to wake threads up, keeps the processors of its system busy for some 4 ms, and a
   * refusal for 0.1: what real servers were seen to need on a machine of two cores.
   */
  public static final ServiceTimes MEASURED =
      new ServiceTimes(
          1,
          micros(500),
          micros(300),
          micros(100),
          micros(120),
          micros(70),
          micros(40),
          micros(400),
          micros(100));

  public ServiceTimes {
    if (cores < 1 || cores > 1000) {
      throw new IllegalArgumentException(
          "ServiceTimes.cores must be 1 to 1000, but was %d: give that of one server"
              .formatted(cores));
    }
    for (Duration time : List.of(call, reply, refusal, frameIn, frameOut, task, step, force)) {
      if (time.isNegative() || time.compareTo(Duration.ofSeconds(1)) > 0) {
        throw new IllegalArgumentException(
            "a service time must be 0 to 1 s, but one was %s: correct it".formatted(time));
      }
    }
    if (refusal.compareTo(call) > 0) {
      throw new IllegalArgumentException(
          "ServiceTimes.refusal must be at most ServiceTimes.call, but was %s and %s: correct one"
              .formatted(refusal, call));
    }
  }

  /** The same on processors so many times as slow, as when so many servers share them. */
  public ServiceTimes slower(int times) {
    return new ServiceTimes(
        cores,
        call.multipliedBy(times),
        reply.multipliedBy(times),
        refusal.multipliedBy(times),
        frameIn.multipliedBy(times),
        frameOut.multipliedBy(times),
        task.multipliedBy(times),
        step.multipliedBy(times),
        force.multipliedBy(times));
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1_000);
  }
}
