package io.hormesis.cli;

import io.hormesis.engine.placement.Placement;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import java.util.List;
import java.util.Optional;

/**
 * How many servers an application must have, and what few of them cannot survive.
 *
 * @param regions how many regions
 * @param each how many servers in each
 */
record ServerCount(int regions, int each) {

  static ServerCount of(Settings settings) {
    return new ServerCount(settings.number(Setting.REGIONS), settings.number(Setting.SERVERS));
  }

  /**
   * Makes sure that there is a server for each copy of a state.
   *
   * @throws UsageException when there is not
   */
  void check(Application application) {
    List<String> stateful =
        application.processes().stream()
            .filter(Declaration::stateful)
            .map(Declaration::name)
            .toList();
    if (!stateful.isEmpty() && servers() < Placement.MEMBERS) {
      throw new UsageException(
          "application %s must have %d servers at least, on which the state of %s is kept, but --regions %d and --servers %d come to %d: give more of one"
              .formatted(
                  application.name(),
                  Placement.MEMBERS,
                  String.join(" and ", stateful),
                  regions,
                  each,
                  servers()));
    }
  }

  /** What a person should know who starts no more; empty when the loss of one is survived. */
  Optional<String> warning() {
    return servers() > 1
        ? Optional.empty()
        : Optional.of(
            "one server survives no loss: while it is down or started again, nobody is answered; for more give --servers or --regions");
  }

  private int servers() {
    return regions * each;
  }
}
