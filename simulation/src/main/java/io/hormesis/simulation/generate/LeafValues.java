package io.hormesis.simulation.generate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Draws the values that hold no others: usual ones, and every so often one from the edge of what
 * there is. Broken numbers are finite, since JSON has no others.
 */
final class LeafValues {
  private static final List<LocalDate> EDGE_DAYS =
      List.of(
          LocalDate.EPOCH,
          LocalDate.of(1, 1, 1),
          LocalDate.of(1899, 12, 31),
          LocalDate.of(2024, 2, 29),
          LocalDate.of(9999, 12, 31));
  private static final List<Instant> EDGE_TIMES =
      List.of(
          Instant.EPOCH,
          Instant.EPOCH.minusNanos(1),
          Instant.parse("0001-01-01T00:00:00Z"),
          Instant.parse("2024-02-29T23:59:59.999999999Z"),
          Instant.parse("9999-12-31T23:59:59Z"));
  private static final List<Duration> EDGE_DURATIONS =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(1),
          Duration.ofMillis(-1),
          Duration.ofDays(36_525),
          Duration.ofSeconds(Integer.MAX_VALUE, 999_999_999));
  private static final List<Double> EDGE_DOUBLES =
      List.of(0.0, 1.0, -1.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE);
  private static final List<Float> EDGE_FLOATS =
      List.of(0f, 1f, -1f, 0.1f, Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE);

  private static final Map<Class<?>, Function<RandomGenerator, Object>> DRAWN =
      Map.ofEntries(
          Map.entry(String.class, Texts::draw),
          Map.entry(Character.class, Texts::character),
          Map.entry(Boolean.class, RandomGenerator::nextBoolean),
          Map.entry(Byte.class, it -> (byte) whole(it, Byte.MIN_VALUE, Byte.MAX_VALUE)),
          Map.entry(Short.class, it -> (short) whole(it, Short.MIN_VALUE, Short.MAX_VALUE)),
          Map.entry(Integer.class, it -> (int) whole(it, Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(Long.class, it -> whole(it, Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(BigInteger.class, LeafValues::big),
          Map.entry(Double.class, it -> edge(it) ? Texts.pick(EDGE_DOUBLES, it) : broken(it)),
          Map.entry(Float.class, it -> edge(it) ? Texts.pick(EDGE_FLOATS, it) : (float) broken(it)),
          Map.entry(BigDecimal.class, it -> new BigDecimal(big(it), it.nextInt(5))),
          Map.entry(Instant.class, LeafValues::time),
          Map.entry(LocalDate.class, LeafValues::day),
          Map.entry(Duration.class, LeafValues::duration));

  private LeafValues() {}

  /** A value of a type; empty when it is no leaf. */
  static Optional<Object> draw(Class<?> type, RandomGenerator random) {
    if (type.isEnum()) {
      return Optional.of(Texts.pick(List.of((Object[]) type.getEnumConstants()), random));
    }
    return Optional.ofNullable(DRAWN.get(wrapped(type))).map(it -> it.apply(random));
  }

  private static boolean edge(RandomGenerator random) {
    return random.nextInt(6) == 0;
  }

  /** Small numbers, years, round ones and their neighbours, and the ends of the range. */
  private static long whole(RandomGenerator random, long least, long most) {
    long drawn =
        switch (random.nextInt(10)) {
          case 0 -> random.nextBoolean() ? least : most;
          case 1 -> random.nextLong(-2, 3);
          case 2, 3 -> random.nextLong(1900, 2101);
          case 4 -> Math.powExact(10L, random.nextInt(1, 18)) + random.nextInt(-1, 2);
          case 5 -> random.nextLong() >> random.nextInt(64);
          case 6, 7 -> random.nextLong(1, 1_000_000);
          default -> random.nextLong(1, 100);
        };
    return drawn >= least && drawn <= most ? drawn : random.nextLong(Math.min(100, most));
  }

  private static BigInteger big(RandomGenerator random) {
    BigInteger drawn = BigInteger.valueOf(whole(random, Long.MIN_VALUE, Long.MAX_VALUE));
    // As many digits as an edge takes, and no more.
    return edge(random) ? drawn.multiply(BigInteger.TEN.pow(20)).add(BigInteger.TWO) : drawn;
  }

  private static double broken(RandomGenerator random) {
    return random.nextInt(-1_000, 1_000_000) / 100.0;
  }

  private static Instant time(RandomGenerator random) {
    return edge(random)
        ? Texts.pick(EDGE_TIMES, random)
        : Instant.parse("2026-01-01T00:00:00Z").plusMillis(random.nextLong(-1L << 36, 1L << 36));
  }

  private static LocalDate day(RandomGenerator random) {
    return edge(random)
        ? Texts.pick(EDGE_DAYS, random)
        : LocalDate.of(2026, 1, 1).plusDays(random.nextInt(-3_650, 3_650));
  }

  private static Duration duration(RandomGenerator random) {
    return edge(random)
        ? Texts.pick(EDGE_DURATIONS, random)
        : Duration.ofMillis(1L << random.nextInt(30));
  }

  private static Class<?> wrapped(Class<?> type) {
    return java.lang.invoke.MethodType.methodType(type).wrap().returnType();
  }
}
