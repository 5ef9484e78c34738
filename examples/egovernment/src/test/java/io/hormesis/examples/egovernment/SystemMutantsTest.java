package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.DeliveryMutation;
import io.hormesis.replication.Mutation;
import io.hormesis.server.SeededBugs;
import io.hormesis.simulation.system.SystemPlan;
import io.hormesis.simulation.system.SystemReport;
import io.hormesis.simulation.system.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Errors that can be built into a server are found by the seeds that every build runs. The two that
 * need a particular world are looked for in the record alone.
 */
final class SystemMutantsTest {
  private static final int TOGETHER = 2;

  /** So many seeds every build runs. */
  private static final int MOST = 300;

  @ParameterizedTest
  @MethodSource("mutants")
  void theSeedsFindIt(String name, SeededBugs mutant) throws InterruptedException {
    SystemPlan plan = ManySeeds.PLAN.tampered(mutant);
    List<SystemReport> tried = new ArrayList<>();
    List<SystemReport> finders = List.of();
    while (finders.isEmpty() && tried.size() < MOST) {
      tried.addAll(ManySeeds.run(1 + tried.size(), TOGETHER, plan).reports());
      finders = tried.stream().filter(it -> !it.violations().isEmpty()).toList();
    }
    System.out.printf(
        "mutant %s: found in %d of the first %d seeds, by %s%n",
        name,
        finders.size(),
        tried.size(),
        finders.stream()
            .flatMap(it -> it.violations().stream())
            .map(Violation::kind)
            .distinct()
            .toList());
    assertThat(finders).as("seeds of %d that find %s", tried.size(), name).isNotEmpty();
  }

  static Stream<Arguments> mutants() {
    return Stream.concat(
        Stream.of(DeliveryMutation.values())
            .map(it -> Arguments.of(it.name(), SeededBugs.with(it))),
        Stream.of(
                Mutation.SKIP_FORCE_OF_ENTRY,
                Mutation.ACKNOWLEDGE_BEFORE_MAJORITY,
                Mutation.SKIP_REQUEST_ID_CHECK,
                Mutation.IGNORE_VERSION,
                Mutation.FORGET_NOTICES_ON_LEADER_CHANGE,
                Mutation.SEND_NOTICE_BEFORE_DURABLE)
            .map(it -> Arguments.of(it.name(), SeededBugs.with(it))));
  }
}
