package io.hormesis.examples.egovernment;

import io.hormesis.examples.egovernment.load.TaxSeason;
import io.hormesis.simulation.ServiceTimes;
import io.hormesis.simulation.system.SystemPlan;
import java.time.Duration;

/** The tax season on six servers whose processors take as long as real ones. */
final class Overloads {
  /** What these servers can do: as many requests a second of which 99.9 % are answered in time. */
  static final int CAPACITY = 1_000;

  static final SystemPlan PLAN =
      SystemPlan.of(new EGovernment().application(), new TaxSeason())
          .taking(ServiceTimes.MEASURED)
          .load(CAPACITY * 7 / 10, Duration.ofSeconds(1));

  private Overloads() {}
}
