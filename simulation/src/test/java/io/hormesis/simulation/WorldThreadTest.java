package io.hormesis.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorldThreadTest {

  @Test
  void aWorldRunsOnAVirtualThreadAndItsResultIsReturned() {
    assertThat(WorldThread.run(() -> Thread.currentThread().isVirtual())).isTrue();
  }

  @Test
  void whatAWorldThrowsIsThrownAsItIs() {
    IllegalStateException mistake = new IllegalStateException("a mistake");
    assertThatThrownBy(() ->
            WorldThread.run(() -> {
              throw mistake;
            }))
        .isSameAs(mistake);
    AssertionError error = new AssertionError("an error");
    assertThatThrownBy(() ->
            WorldThread.run(() -> {
              throw error;
            }))
        .isSameAs(error);
  }

  @Test
  void aSetNumberOfThreadsIsKept() {
    String name = "jdk.virtualThreadScheduler.parallelism";
    String before = System.getProperty(name);
    try {
      System.setProperty(name, "3");
      WorldThread.sideBySide(7);
      assertThat(System.getProperty(name)).isEqualTo("3");
      System.clearProperty(name);
      WorldThread.sideBySide(7);
      assertThat(System.getProperty(name)).isEqualTo("7");
    } finally {
      if (before == null) {
        System.clearProperty(name);
      } else {
        System.setProperty(name, before);
      }
    }
  }
}
