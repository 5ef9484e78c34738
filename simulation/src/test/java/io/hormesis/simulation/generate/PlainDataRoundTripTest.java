package io.hormesis.simulation.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.engine.delivery.MalformedMessage;
import io.hormesis.engine.delivery.PlainCodec;
import io.hormesis.process.PlainData;
import io.hormesis.simulation.Dice;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever type an author writes, and whatever his worker makes of it: kept equal, or refused. */
final class PlainDataRoundTripTest {
  private static final int TYPES = 30;
  private static final int VALUES = 25;

  private final PlainCodec codec = new PlainCodec();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsDrawnOfAnyTypeComesBack(long seed) throws Exception {
    for (Class<?> type : drawn(seed)) {
      PlainData.check("drawn", type);
      PlainValues values = PlainValues.of(List.of(type), List.of());
      RandomGenerator random = Dice.of(seed, type.getName()).generator();
      for (int i = 0; i < VALUES; i++) {
        Object value = values.draw(type, random);
        byte[] bytes = codec.encode(value, type);
        assertThat(codec.decode(bytes, type)).as("%s of seed %d", value, seed).isEqualTo(value);
        assertThat(codec.encode(value)).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsAcceptedComesBackAndTheRestIsRefused(long seed) throws Exception {
    int accepted = 0;
    int refused = 0;
    for (Class<?> type : drawn(seed)) {
      WildValues values = new WildValues(Dice.of(seed, "wild " + type.getName()).generator(), 15);
      for (int i = 0; i < VALUES; i++) {
        if (type.isRecord() && comesBack(values.draw(type), type, seed)) {
          accepted++;
        } else {
          refused++;
        }
      }
    }
    assertThat(accepted).as("accepted under seed %d", seed).isGreaterThan(150);
    assertThat(refused).as("refused under seed %d", seed).isGreaterThan(50);
  }

  private boolean comesBack(@Nullable Object value, Class<?> type, long seed) {
    if (value == null) {
      return false;
    }
    byte[] bytes;
    try {
      bytes = codec.encode(value, type);
    } catch (MalformedMessage refusal) {
      assertThat(refusal.reason()).startsWith(type.getSimpleName()).contains(" must ");
      return false;
    }
    assertThat(codec.decode(bytes, type)).as("%s of seed %d", type, seed).isEqualTo(value);
    return true;
  }

  private List<Class<?>> drawn(long seed) throws Exception {
    return DrawnTypes.compiled(TYPES, Dice.of(seed, "types").generator(), folder);
  }
}
