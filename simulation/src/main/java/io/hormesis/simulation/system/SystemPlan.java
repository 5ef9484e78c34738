package io.hormesis.simulation.system;

import io.hormesis.process.Application;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.simulation.ServiceTimes;
import io.hormesis.trial.Load;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a simulated run is made of, but for its seed.
 *
 * @param workload what its callers send; one that is a workload has its writes read back
 * @param regions 3 or more, named a, b, c, …
 * @param servers in each region, named a1, a2, …
 * @param perSecond requests in a second of virtual time; 0 when nobody calls
 * @param lasts how long callers send and faults come
 * @param wholeWithin how long after that the system may take to be whole again
 * @param subset the part of it that happens
 * @param times how long the servers' processors take; without them nothing waits for a processor
 */
public record SystemPlan(
    Application application,
    Load workload,
    int regions,
    int servers,
    int perSecond,
    Duration lasts,
    Duration wholeWithin,
    FaultProfile faults,
    ReplaySubset subset,
    Optional<ServiceTimes> times) {

  /** Three regions of two servers, 20 requests a second for a minute, the usual faults. */
  public static SystemPlan of(Application application, Load workload) {
    return new SystemPlan(
        application,
        workload,
        3,
        2,
        20,
        Duration.ofSeconds(60),
        Duration.ofSeconds(30),
        FaultProfile.USUAL,
        ReplaySubset.WHOLE,
        Optional.empty());
  }

  /** Three regions of two servers; nobody calls, and nothing goes wrong but for single messages. */
  public static SystemPlan quiet(Application application) {
    return of(application, new Silence()).load(0, Duration.ZERO).faults(FaultProfile.CALM);
  }

  /** The same, with so many requests a second for so long. */
  public SystemPlan load(int requests, Duration time) {
    return new SystemPlan(
        application,
        workload,
        regions,
        servers,
        requests,
        time,
        wholeWithin,
        faults,
        subset,
        times);
  }

  /** The same, on other servers: so many regions of so many. */
  public SystemPlan on(int places, int each) {
    return new SystemPlan(
        application, workload, places, each, perSecond, lasts, wholeWithin, faults, subset, times);
  }

  /** The same, with other faults. */
  public SystemPlan faults(FaultProfile profile) {
    return new SystemPlan(
        application,
        workload,
        regions,
        servers,
        perSecond,
        lasts,
        wholeWithin,
        profile,
        subset,
        times);
  }

  /** The same, but only a part of it happens. */
  public SystemPlan only(ReplaySubset part) {
    return new SystemPlan(
        application,
        workload,
        regions,
        servers,
        perSecond,
        lasts,
        wholeWithin,
        faults,
        part,
        times);
  }

  /**
   * The same, on processors that take so long for what they do. Links lose, double and delay
   * nothing then, as TCP between machines that are well: what is late is late for want of a
   * processor.
   */
  public SystemPlan taking(ServiceTimes declared) {
    return new SystemPlan(
        application,
        workload,
        regions,
        servers,
        perSecond,
        lasts,
        wholeWithin,
        faults,
        subset,
        Optional.of(declared));
  }

  /** How many requests the whole plan has. */
  public long requests() {
    return requestsWithin(lasts);
  }

  /** How many requests it has in a time from the first on. */
  long requestsWithin(Duration time) {
    return perSecond == 0 ? 0 : Math.ceilDiv(Math.max(0, time.toNanos()), everyNanos());
  }

  long everyNanos() {
    return Duration.ofSeconds(1).toNanos() / perSecond;
  }

  /** The names of all servers, region by region. */
  List<String> names() {
    return IntStream.range(0, regions).boxed().flatMap(it -> region(it).stream()).toList();
  }

  /** The names of the servers of a region, counted from 0. */
  List<String> region(int number) {
    return IntStream.rangeClosed(1, servers)
        .mapToObj(it -> (char) ('a' + number) + "" + it)
        .toList();
  }
}
