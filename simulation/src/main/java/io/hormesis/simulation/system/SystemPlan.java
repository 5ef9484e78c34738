package io.hormesis.simulation.system;

import io.hormesis.process.Application;
import io.hormesis.simulation.FaultProfile;
import io.hormesis.trial.Load;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulated run is made of, but for its seed.
 *
 * @param workload what its callers send; one that is a workload has its writes read back
 * @param regions 3 or more, named a, b, c, …
 * @param servers in each region, named a1, a2, …
 * @param perSecond requests in a second of virtual time
 * @param lasts how long callers send and faults come
 * @param wholeWithin how long after that the system may take to be whole again
 */
public record SystemPlan(
    Application application,
    Load workload,
    int regions,
    int servers,
    int perSecond,
    Duration lasts,
    Duration wholeWithin,
    FaultProfile faults) {

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
        FaultProfile.USUAL);
  }

  /** The same, with so many requests a second for so long. */
  public SystemPlan load(int requests, Duration time) {
    return new SystemPlan(
        application, workload, regions, servers, requests, time, wholeWithin, faults);
  }

  /** The same, with other faults. */
  public SystemPlan faults(FaultProfile profile) {
    return new SystemPlan(
        application, workload, regions, servers, perSecond, lasts, wholeWithin, profile);
  }

  /** The names of all servers, region by region. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (int region = 0; region < regions; region++) {
      for (int server = 1; server <= servers; server++) {
        names.add((char) ('a' + region) + "" + server);
      }
    }
    return names;
  }
}
