package io.hormesis;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A pure core, two shells: the servers of a simulation are those of the real system, but for their
 * ports. What existed twice would not replay.
 */
class ShellsTest {
  private static final String SERVER = "io.hormesis.server.Server";
  private static final String[] CORE = {
    "io.hormesis.storage..",
    "io.hormesis.engine..",
    "io.hormesis.replication..",
    "io.hormesis.edge..",
    "io.hormesis.server.."
  };
  private static final String[] SHELLS = {"io.hormesis.cluster..", "io.hormesis.simulation.."};

  /** What a shell fills in, and what it listens to. */
  private static final Set<String> MAY_BE_IMPLEMENTED =
      Set.of(
          "io.hormesis.engine.port.Carrier",
          "io.hormesis.engine.port.Clock",
          "io.hormesis.engine.port.Strand",
          "io.hormesis.engine.port.Strands",
          "io.hormesis.engine.port.Workers",
          "io.hormesis.storage.Disk",
          "io.hormesis.storage.DiskFile",
          "io.hormesis.edge.FailoverClient$Wire",
          "io.hormesis.replication.ReplicasListener",
          "io.hormesis.server.OutgoingGuard",
          "io.hormesis.server.ServerListener",
          "io.hormesis.server.Signals");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.hormesis");

  @ParameterizedTest
  @ValueSource(strings = {"io.hormesis.cluster", "io.hormesis.simulation.system"})
  void bothShellsRunTheServerItself(String shell) {
    assertThat(
            HOUSE.that(resideInAnyPackage(shell)).stream()
                .flatMap(it -> it.getConstructorCallsFromSelf().stream())
                .map(it -> it.getTargetOwner().getName()))
        .contains(SERVER);
  }

  @Test
  void aShellImplementsPortsAndListenersAndNothingElseOfTheCore() {
    SortedSet<String> implemented =
        HOUSE.that(resideInAnyPackage(SHELLS)).stream()
            .flatMap(it -> it.getAllRawInterfaces().stream())
            .filter(resideInAnyPackage(CORE))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(implemented).isSubsetOf(MAY_BE_IMPLEMENTED).contains("io.hormesis.storage.Disk");
    assertThat(
            HOUSE.that(resideInAnyPackage(SHELLS)).stream()
                .filter(it -> it.getRawSuperclass().filter(resideInAnyPackage(CORE)).isPresent()))
        .isEmpty();
  }

  /**
   * Codec, envelope, guards, replication, log, stores, routing, front, and the client's failover.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PlainCodec",
        "WireCodec",
        "WireMessage",
        "Frame",
        "Mailbox",
        "CallTracker",
        "RoutingTable",
        "RetryBudget",
        "Supervision",
        "Placement",
        "Contracts",
        "WorkerRunner",
        "StatefulHandler",
        "StatelessHandler",
        "Delivery",
        "InstanceFactory",
        "Membership",
        "MessageRegistry",
        "Replicas",
        "GroupMachine",
        "GroupStore",
        "ReplicatedState",
        "Journal",
        "LogFile",
        "MessageCodec",
        "FlatFileStore",
        "SmallFile",
        "PathTable",
        "Front",
        "FailoverClient"
      })
  void eachPartOfTheWayExistsOnceAndNotInAShell(String part) {
    List<JavaClass> found = HOUSE.stream().filter(it -> it.getSimpleName().equals(part)).toList();
    assertThat(found).as("classes named %s", part).hasSize(1);
    assertThat(found).allMatch(resideInAnyPackage(CORE));
  }

  @Test
  void noShellWritesOrReadsAFormatOfItsOwn() {
    noClasses()
        .that()
        .resideInAnyPackage(SHELLS)
        .should()
        .dependOnClassesThat(resideInAnyPackage("tools.jackson.."))
        .because("what goes over the wire and into the log is written by the core alone")
        .check(HOUSE);
  }
}
