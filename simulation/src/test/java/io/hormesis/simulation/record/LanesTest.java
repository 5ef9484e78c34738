package io.hormesis.simulation.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {

  private final Lanes lanes = new Lanes();
  private final List<String> ran = new ArrayList<>();

  @Test
  void stepsOfAKeyWaitForEachOtherAndThoseOfAnotherDoNot() {
    lanes.enter("k1", () -> ran.add("k1 first"));
    lanes.enter("k1", () -> ran.add("k1 second"));
    lanes.enter("k2", () -> ran.add("k2 first"));
    assertThat(ran).containsExactly("k1 first", "k2 first");
    lanes.leave("k1");
    assertThat(ran).containsExactly("k1 first", "k2 first", "k1 second");
    lanes.leave("k1");
    lanes.enter("k1", () -> ran.add("k1 third"));
    assertThat(ran).endsWith("k1 third");
  }

  @Test
  void aLaneThatIsFullRefuses() {
    for (int i = 0; i < 21; i++) {
      assertThat(lanes.enter("k1", () -> ran.add("step"))).isTrue();
    }
    assertThat(lanes.enter("k1", () -> ran.add("too many"))).isFalse();
    assertThat(ran).hasSize(1);
  }
}
