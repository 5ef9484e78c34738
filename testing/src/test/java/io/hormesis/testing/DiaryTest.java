package io.hormesis.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DiaryTest {

  @Test
  void itKeepsTheLastLinesAndSaysHowManyItLeftOut() {
    Diary diary = new Diary();
    for (int i = 1; i <= 42; i++) {
      diary.note(Duration.ofMillis(1500 + i), "line " + i);
    }
    assertThat(diary.toString().lines())
        .hasSize(41)
        .startsWith("  what it did last (2 lines before):", "      1.503 s  line 3")
        .endsWith("      1.542 s  line 42");
  }

  @Test
  void aLongLineIsCut() {
    Diary diary = new Diary();
    diary.note(Duration.ZERO, "x".repeat(1000));
    assertThat(diary.toString().lines().toList().getLast()).hasSize(201).endsWith("x…");
  }
}
