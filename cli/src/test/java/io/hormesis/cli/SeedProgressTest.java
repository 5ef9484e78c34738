package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class SeedProgressTest {
  private static final long SECOND = 1_000_000_000;
  private final StringWriter shown = new StringWriter();
  private long now = 5 * SECOND;

  @Test
  void aTerminalHasOneLineThatChanges() {
    SeedProgress progress = progress(true);
    now += 2 * SECOND;
    progress.show(10, 1);
    progress.show(11, 1); // a moment later: not worth a change
    now += 2 * SECOND;
    progress.show(20, 1);
    progress.clear();
    assertThat(shown.toString())
        .isEqualTo(
            "\r\033[K10 of 100 seeds, 1 violated, 5.0 seeds/s, 18 s left"
                + "\r\033[K20 of 100 seeds, 1 violated, 5.0 seeds/s, 16 s left"
                + "\r\033[K");
  }

  @Test
  void elsewhereALineComesEveryTenSeconds() {
    SeedProgress progress = progress(false);
    for (int second = 1; second <= 25; second++) {
      now += SECOND;
      progress.show(2L * second, 0);
    }
    progress.clear();
    assertThat(shown.toString().lines())
        .containsExactly(
            "20 of 100 seeds, 0 violated, 2.0 seeds/s, 40 s left",
            "40 of 100 seeds, 0 violated, 2.0 seeds/s, 30 s left");
  }

  private SeedProgress progress(boolean terminal) {
    return new SeedProgress(new PrintWriter(shown), terminal, 100, () -> now);
  }
}
