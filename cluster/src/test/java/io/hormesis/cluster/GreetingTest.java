package io.hormesis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hormesis.engine.port.Priority;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How servers greet each other. */
final class GreetingTest {
  private static final Greeting A1_TO_B1 =
      new Greeting("4711", "a1", "b1", -3_000_000_000L, Priority.REQUEST);

  @ParameterizedTest
  @EnumSource(Priority.class)
  void aGreetingComesBackAsItWasSaid(Priority priority) {
    Greeting greeting = new Greeting("süd", "a1", "b1", 7, priority);
    assertThat(Greeting.decode(greeting.encode())).isEqualTo(greeting);
  }

  /** These bytes are what servers of the first version say, and never change. */
  @Test
  void theFirstVersionIsUnderstoodForEver() {
    byte[] old =
        HexFormat.of()
            .parseHex(
                "484f524d" + "01" + "01" + "ffffffff4d2fa200" + "0434373131" + "026131" + "026231");
    assertThat(Greeting.decode(old)).isEqualTo(A1_TO_B1);
    assertThat(A1_TO_B1.encode()).isEqualTo(old);
  }

  @Test
  void whatALaterVersionAppendsIsPassedOver() {
    byte[] later = Arrays.copyOf(A1_TO_B1.encode(), A1_TO_B1.encode().length + 40);
    later[4] = 2;
    assertThat(Greeting.decode(later)).isEqualTo(A1_TO_B1);
  }

  @Test
  void whatIsCutShortIsRefusedWhereverItIsCut() {
    byte[] whole = A1_TO_B1.encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Greeting.decode(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a greeting that is cut short");
    }
  }

  @Test
  void whatIsNoGreetingIsRefusedWithTheReason() {
    assertThatThrownBy(() -> Greeting.decode(with(0, 'G')))
        .hasMessage("not a greeting of a server");
    assertThatThrownBy(() -> Greeting.decode(with(4, 0)))
        .hasMessage("a greeting must be of version 1 or later, but was of 0");
    assertThatThrownBy(() -> Greeting.decode(with(5, 9))).hasMessage("unknown priority 9");
  }

  private static byte[] with(int index, int value) {
    byte[] bytes = A1_TO_B1.encode();
    bytes[index] = (byte) value;
    return bytes;
  }
}
