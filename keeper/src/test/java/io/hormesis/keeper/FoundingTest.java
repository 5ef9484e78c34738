package io.hormesis.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FoundingTest {
  private final Founding founding = new Founding();

  @Test
  void onlyTheFirstToStartFounds() {
    assertThat(founding.starting("a1")).isTrue();
    assertThat(founding.starting("a2")).isFalse();
    assertThat(founding.starting("b1")).isFalse();
  }

  @Test
  void theFirstDoesNotFoundAgainWhileAMemberLives() {
    founding.starting("a1");
    founding.starting("b1");
    founding.member("b1");
    assertThat(founding.ended("a1")).isEmpty();
    assertThat(founding.starting("a1")).isFalse();
  }

  @Test
  void whenTheFounderDiesBeforeAnybodyIsAMemberAllStartAnew() {
    founding.starting("a1");
    founding.starting("a2");
    founding.starting("b1");
    assertThat(founding.ended("a1")).containsExactlyInAnyOrder("a2", "b1");
    assertThat(founding.ended("a2")).containsExactly("b1");
    assertThat(founding.ended("b1")).isEmpty();
    assertThat(founding.starting("b1")).isTrue();
    assertThat(founding.starting("a1")).isFalse();
  }

  @Test
  void whenAllMembersDieTheNextToStartFounds() {
    for (String name : List.of("a1", "a2")) {
      founding.starting(name);
      founding.member(name);
    }
    founding.ended("a1");
    founding.ended("a2");
    assertThat(founding.starting("a2")).isTrue();
    assertThat(founding.starting("a1")).isFalse();
  }

  @Test
  void newsOfAMemberThatIsDeadAreNoNews() {
    founding.starting("a1");
    founding.ended("a1");
    founding.member("a1");
    assertThat(founding.starting("a1")).isTrue();
  }

  /** Joins and deaths at random: the living are never in two clusters, and never without hope. */
  @Test
  void thereIsNeverASecondClusterNorNone() {
    for (long seed = 0; seed < 2000; seed++) {
      new World(seed).run();
    }
  }

  /** Servers as they are, beside what their keeper knows of them. */
  private static final class World {
    private static final List<String> NAMES = List.of("a1", "a2", "b1", "b2", "c1", "c2");
    private final Founding founding = new Founding();
    private final Map<String, Integer> clusters = new HashMap<>();
    private final Set<String> living = new HashSet<>();
    private final SplittableRandom random;
    private final long seed;
    private int founded;

    World(long seed) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
    }

    void run() {
      for (int step = 0; step < 200; step++) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        if (!living.contains(name)) {
          start(name);
        } else if (random.nextInt(3) == 0) {
          end(name);
        } else if (clusters.containsKey(name)) {
          founding.member(name);
        } else {
          join(name);
        }
        check(step);
      }
    }

    private void start(String name) {
      living.add(name);
      if (founding.starting(name)) {
        clusters.put(name, founded++);
      }
    }

    /** It may be let in by any living server, long before anybody hears of it. */
    private void join(String name) {
      List<Integer> there = new ArrayList<>(clusters.values());
      if (!there.isEmpty()) {
        clusters.put(name, there.get(random.nextInt(there.size())));
      }
    }

    private void end(String name) {
      living.remove(name);
      clusters.remove(name);
      Set<String> anew = founding.ended(name);
      anew.stream().filter(living::contains).forEach(this::end);
    }

    private void check(int step) {
      assertThat(new HashSet<>(clusters.values()))
          .as("seed %d, step %d", seed, step)
          .hasSizeLessThan(2);
      if (!living.isEmpty()) {
        assertThat(clusters).as("seed %d, step %d", seed, step).isNotEmpty();
      }
    }
  }
}
