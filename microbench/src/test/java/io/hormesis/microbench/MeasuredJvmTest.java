package io.hormesis.microbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredJvmTest {
  @Test
  void theTwoDifferInNothingButTheirCompilers() {
    assertThat(MeasuredJvm.both(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")))
        .containsExactly(
            new MeasuredJvm(
                "as on servers: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")),
            new MeasuredJvm("by all compilers: -XX:+UseSerialGC", List.of("-XX:+UseSerialGC")));
  }
}
