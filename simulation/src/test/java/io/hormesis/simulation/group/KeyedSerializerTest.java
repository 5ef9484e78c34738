package io.hormesis.simulation.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedSerializerTest {

  private final KeyedSerializer serializer = new KeyedSerializer();
  private final List<String> ran = new ArrayList<>();

  @Test
  void stepsOfAKeyWaitForEachOtherAndThoseOfAnotherDoNot() {
    serializer.enter("k1", () -> ran.add("k1 first"));
    serializer.enter("k1", () -> ran.add("k1 second"));
    serializer.enter("k2", () -> ran.add("k2 first"));
    assertThat(ran).containsExactly("k1 first", "k2 first");
    serializer.leave("k1");
    assertThat(ran).containsExactly("k1 first", "k2 first", "k1 second");
    serializer.leave("k1");
    serializer.enter("k1", () -> ran.add("k1 third"));
    assertThat(ran).endsWith("k1 third");
  }

  @Test
  void aLaneThatIsFullRefuses() {
    for (int i = 0; i < 21; i++) {
      assertThat(serializer.enter("k1", () -> ran.add("step"))).isTrue();
    }
    assertThat(serializer.enter("k1", () -> ran.add("too many"))).isFalse();
    assertThat(ran).hasSize(1);
  }
}
