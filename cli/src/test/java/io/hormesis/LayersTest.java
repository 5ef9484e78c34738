package io.hormesis;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layers of ARCHITECTURE.md: arrows point down only, and each engine has one door. */
class LayersTest {
  /** Lowest first. */
  private static final List<List<String>> LAYERS =
      List.of(
          List.of("process", "injection", "storage"),
          List.of("engine"),
          List.of("replication", "edge"),
          List.of("server"),
          List.of("trial", "chaos"),
          List.of("simulation", "cluster"),
          List.of("keeper"),
          List.of("cli", "testing"));

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.hormesis");

  /** Without this, a rule about a module that is not on the class path would hold by itself. */
  @Test
  void everyModuleIsOnTheClassPath() {
    Set<String> seen =
        HOUSE.stream()
            .map(JavaClass::getPackageName)
            .filter(it -> it.startsWith("io.hormesis."))
            .map(it -> it.split("\\.", -1)[2])
            .filter(it -> !it.equals("examples"))
            .collect(Collectors.toSet());

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(LAYERS.stream().flatMap(Collection::stream).toList());
  }

  @TestFactory
  List<DynamicTest> noModuleImportsOneAboveOrBesideIt() {
    return LAYERS.stream()
        .flatMap(Collection::stream)
        .filter(module -> !forbiddenTo(module).isEmpty())
        .map(module -> DynamicTest.dynamicTest(module, () -> staysBelow(module)))
        .toList();
  }

  private static void staysBelow(String module) {
    noClasses()
        .that()
        .resideInAPackage(packages(module))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                forbiddenTo(module).stream().map(LayersTest::packages).toArray(String[]::new)))
        .because("a lower layer never imports a higher one, nor one beside it")
        .check(HOUSE);
  }

  @Test
  void onlyClusterAndEdgeKnowNetty() {
    noClasses()
        .that(resideOutsideOfPackages(packages("cluster"), packages("edge")))
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.netty.."))
        .because("only cluster and edge import it")
        .check(HOUSE);
    only("cluster", "io.netty.channel.epoll..");
  }

  @Test
  void onlyReplicationKnowsMicroRaft() {
    only("replication", "io.microraft..");
  }

  @Test
  void onlyEdgeKnowsTheHttpServer() {
    only("edge", "io.netty.handler.codec.http..");
  }

  /** What authors write, and the faults that virtual time and real servers are to share. */
  @ParameterizedTest
  @ValueSource(strings = {"process", "injection"})
  void theLowestModulesKnowTheJdkOnly(String module) {
    noClasses()
        .that()
        .resideInAPackage(packages(module))
        .should()
        .dependOnClassesThat(resideOutsideOfPackages("java..", "org.jspecify..", packages(module)))
        .because("%s stands on the JDK alone".formatted(module))
        .check(HOUSE);
  }

  @Test
  void theEngineHasNoThreadsSocketsOrFiles() {
    noClasses()
        .that()
        .resideInAPackage(packages("engine"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels.."))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .because("a protocol is a state machine")
        .check(HOUSE);
  }

  @Test
  void nothingInThePlatformKnowsTheExample() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packages("examples"))
        .should()
        .dependOnClassesThat(resideInAnyPackage(packages("examples")))
        .because("the example has no privilege")
        .check(HOUSE);
  }

  private static void only(String module, String theirs) {
    noClasses()
        .that(resideOutsideOfPackage(packages(module)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(theirs))
        .because("only %s imports it".formatted(module))
        .check(HOUSE);
    assertThat(
            HOUSE.that(resideInAnyPackage(packages(module))).stream()
                .flatMap(it -> it.getDirectDependenciesFromSelf().stream())
                .anyMatch(it -> resideInAnyPackage(theirs).test(it.getTargetClass())))
        .as("%s imports %s", module, theirs)
        .isTrue();
  }

  /** The modules of the same layer and of those above. */
  private static List<String> forbiddenTo(String module) {
    int own = 0;
    while (!LAYERS.get(own).contains(module)) {
      own++;
    }
    return LAYERS.subList(own, LAYERS.size()).stream()
        .flatMap(Collection::stream)
        .filter(it -> !it.equals(module))
        .toList();
  }

  private static String packages(String module) {
    return "io.hormesis." + module + "..";
  }
}
