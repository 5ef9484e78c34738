package io.hormesis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemKindTest {

  @Test
  void theWordsThatCallersDecideByStayAsTheyAre() {
    assertThat(Stream.of(ProblemKind.values()).map(ProblemKind::type))
        .allMatch(it -> it.startsWith("urn:hormesis:problem:"));
    assertThat(Stream.of(ProblemKind.values()).map(ProblemKind::word))
        .containsExactly(
            "wrong-field",
            "bad-request",
            "too-large",
            "unsupported-media-type",
            "no-such-path",
            "nothing-there",
            "wrong-method",
            "declined",
            "key-forgotten",
            "key-reused",
            "refused",
            "overloaded",
            "draining",
            "not-here",
            "too-slow",
            "expectation",
            "cannot-be-done",
            "unauthorized",
            "unknown",
            "internal");
  }

  @Test
  void aWordIsReadAsItsKindAndOneOfANewerEdgeAsNone() {
    for (ProblemKind kind : ProblemKind.values()) {
      assertThat(ProblemKind.of(kind.word())).contains(kind);
    }
    assertThat(ProblemKind.of("asleep")).isEmpty();
  }
}
