package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of combinations that break, and of none. */
class SweepCommandTest {
  @TempDir Path temp;

  @Test
  void whatBreaksIsNamedAndEndsWithStatusThree() throws IOException {
    Path jar = SmallApplication.jar(temp.resolve("asking.jar"), AskingApplication.class);
    Typed typed = Typed.line("sweep", jar);
    assertThat(typed.err()).isEmpty();
    assertThat(typed.status()).isEqualTo(3);
    assertThat(typed.out().lines().toList().getFirst())
        .matches(
            "desk Show\\[]: clock \\(Now\\) defaulted → crashed: java.lang.IllegalStateException: what time is it\\? at AskingApplication.java:\\d+ \\(and 2 more alike\\)");
    assertThat(typed.out()).endsWith("5 combinations, 1 messages to desk: 3 broken%n".formatted());
  }

  @Test
  void anApplicationInWhichNobodyAsksHasNothingToSweep() throws IOException {
    Path jar = SmallApplication.jar(temp.resolve("small.jar"), SmallApplication.class);
    Typed typed = Typed.line("sweep", jar);
    assertThat(typed.out())
        .isEqualTo("no process asks another: there is nothing to sweep%n".formatted());
    assertThat(typed.status()).isZero();
  }
}
