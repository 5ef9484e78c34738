package io.hormesis.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestIdTest {
  @Test
  void itHasUpTo128VisibleCharacters() {
    assertThat(new RequestId("!").value()).isEqualTo("!");
    assertThat(new RequestId("~".repeat(128)).value()).hasSize(128);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"'',''", "a b,a b", "a\tb,a?b", "å,?", "\u007f,?"})
  void anythingElseIsRefused(String wrong, String shown) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestId(wrong))
        .withMessage(
            "request id must be 1 to 128 visible characters, but was \"%s\": choose another"
                .formatted(shown));
  }

  @Test
  void aLongOneIsCutShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RequestId("k".repeat(129)))
        .withMessage(
            "request id must be 1 to 128 visible characters, but was \"%s…\": choose another"
                .formatted("k".repeat(40)));
  }
}
