package io.hormesis.engine.placement;

import static io.hormesis.process.Declaration.process;
import static io.hormesis.process.Technology.flatFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.delivery.Target;
import io.hormesis.process.Application;
import io.hormesis.process.Declaration;
import io.hormesis.process.Notice;
import io.hormesis.process.Owner;
import io.hormesis.process.Reply;
import io.hormesis.process.StatefulWorker;
import io.hormesis.process.Step;
import io.hormesis.process.Worker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final Owner OWNER = Owner.named("owner");
  private static final Declaration<?> REGISTRY =
      process("registry")
          .ownedBy(OWNER)
          .contract(One.class)
          .worker(() -> (Worker<One>) _ -> Reply.none());
  private static final Declaration<?> DESK =
      process("desk")
          .ownedBy(OWNER)
          .contract(Two.class)
          .keyedBy(Two::key)
          .storedIn(flatFile())
          .worker(TwoWorker::new);
  private static final Declaration<?> ARCHIVE =
      process("archive")
          .ownedBy(OWNER)
          .contract(Three.class)
          .keyedBy(Three::key)
          .storedIn(flatFile())
          .worker(ThreeWorker::new);

  @Test
  void processesApartNeverShareAServerWhileAnotherIsFree() {
    Plan plan =
        Placement.of(application().apart(Set.of(ARCHIVE), Set.of(REGISTRY, DESK)), sites(3, 2));
    for (Site site : sites(3, 2)) {
      List<String> here = plan.processesOf(site.server());
      assertThat(here.contains("archive") && here.size() > 1)
          .as("%s hosts %s", site, here)
          .isFalse();
    }
  }

  @Test
  void membersOfAPartitionLieInThreeRegionsAndEachServerLeadsFirstSomewhere() {
    Plan plan = Placement.of(application(), sites(3, 2));
    List<String> first = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      List<String> members = plan.hosts().getOrDefault(Target.of("desk", partition), List.of());
      assertThat(members.stream().map(it -> it.charAt(0)).distinct()).hasSize(3);
      first.add(members.getFirst());
    }
    assertThat(first).doesNotHaveDuplicates();
  }

  @Test
  void aStatelessProcessHasAnInstanceInEachRegion() {
    Plan plan = Placement.of(application(), sites(3, 2));
    assertThat(plan.hosts().getOrDefault(Target.of("registry"), List.of())).hasSize(3);
  }

  @Test
  void processesApartShareWhenThereIsNoOtherServer() {
    Plan plan =
        Placement.of(application().apart(Set.of(ARCHIVE), Set.of(REGISTRY, DESK)), sites(3, 1));
    assertThat(plan.processesOf("a1")).containsExactly("archive", "desk", "registry");
  }

  @Test
  void aThirdMemberInTwoRegionsGoesWhereNothingIsThatItMustBeApartFrom() {
    Plan plan = Placement.of(application().apart(Set.of(ARCHIVE), Set.of(DESK)), sites(2, 3));
    for (Site site : sites(2, 3)) {
      List<String> here = plan.processesOf(site.server());
      assertThat(here.contains("archive") && here.contains("desk"))
          .as("%s hosts %s", site, here)
          .isFalse();
    }
  }

  @Test
  void threeServersOfOneRegionAreEnough() {
    Plan plan = Placement.of(application(), sites(1, 3));
    assertThat(plan.hosts().getOrDefault(Target.of("desk", 0), List.of()))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void tooFewServersForAStatefulProcessAreRefused() {
    assertThatThrownBy(() -> Placement.of(application(), sites(2, 1)))
        .hasMessage(
            "stateful process desk must have at least 3 servers, but there are 2: start more"
                + " regions or more servers in each");
  }

  @Test
  void theOrderOfTheServersDoesNotMatter() {
    List<Site> shuffled = new ArrayList<>(sites(4, 3));
    Collections.shuffle(shuffled, new Random(7));
    assertThat(Placement.of(application(), shuffled))
        .isEqualTo(Placement.of(application(), sites(4, 3)));
  }

  @Test
  void keysAreSpreadOverPartitionsAndStayThere() {
    int[] counts = new int[3];
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 9000; i++) {
      counts[Partitions.of("%011d".formatted(random.nextLong(100_000_000_000L)), 3)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(2700, 3300);
    }
    assertThat(
            List.of(
                Partitions.of("01017012345", 3),
                Partitions.of("02028012345", 3),
                Partitions.of("x", 3)))
        .as("partitions of known keys, which must never change")
        .isEqualTo(List.of(0, 2, 0));
  }

  private static Application application() {
    return Application.named("test").of(REGISTRY, DESK, ARCHIVE);
  }

  private static List<Site> sites(int regions, int servers) {
    List<Site> sites = new ArrayList<>();
    for (int region = 0; region < regions; region++) {
      for (int server = 1; server <= servers; server++) {
        String name = String.valueOf((char) ('a' + region));
        sites.add(new Site(name + server, name));
      }
    }
    return sites;
  }

  /** A contract. */
  public sealed interface One {
    /** Its message. */
    record Tell() implements One, Notice {}
  }

  /** A contract by key. */
  public sealed interface Two {
    String key();

    /** Its message. */
    record Tell(String key) implements Two, Notice {}
  }

  /** Another contract by key. */
  public sealed interface Three {
    String key();

    /** Its message. */
    record Tell(String key) implements Three, Notice {}
  }

  /** A state. */
  public record Empty() {}

  private static final class TwoWorker implements StatefulWorker<Empty, Two> {
    @Override
    public Empty initial() {
      return new Empty();
    }

    @Override
    public Step<Empty> on(Empty state, Two message) {
      return keep(Reply.none());
    }
  }

  private static final class ThreeWorker implements StatefulWorker<Empty, Three> {
    @Override
    public Empty initial() {
      return new Empty();
    }

    @Override
    public Step<Empty> on(Empty state, Three message) {
      return keep(Reply.none());
    }
  }
}
