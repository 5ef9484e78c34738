package io.hormesis.simulation.generate;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws values that an author's worker can make though nobody would expect them: null, half a
 * surrogate pair, numbers of hundreds of digits, long lists, deep nests. Each value has a few of
 * them at most, mostly none.
 */
final class WildValues {
  private final PlainValues tame = PlainValues.of(List.of(), List.of());
  private final RandomGenerator random;
  private final int wildness;

  /**
   * Draws from a stream.
   *
   * @param wildness of a thousand values
   */
  WildValues(RandomGenerator random, int wildness) {
    this.random = random;
    this.wildness = wildness;
  }

  @Nullable Object draw(Type type) {
    return draw(type, 0);
  }

  private @Nullable Object draw(Type type, int depth) {
    boolean wild = random.nextInt(1_000) < wildness;
    if (wild && random.nextInt(4) == 0 && !(type instanceof Class<?> it && it.isPrimitive())) {
      return null;
    }
    return switch (type) {
      case ParameterizedType container -> container(container, wild, depth);
      case Class<?> record when record.isRecord() && !record.getName().startsWith("io.hormesis") ->
          record(record, depth);
      case Class<?> leaf when wild -> wild(leaf);
      default -> tame.draw(type, random);
    };
  }

  private Object wild(Class<?> leaf) {
    BigInteger long300 = BigInteger.TEN.pow(random.nextInt(90, 300)).negate();
    return switch (leaf.getSimpleName()) {
      case "char", "Character" -> '\uDC00';
      case "String" -> random.nextBoolean() ? "half \uD800" : "x".repeat(random.nextInt(300_000));
      case "BigInteger" -> long300;
      case "BigDecimal" -> new BigDecimal(long300, random.nextInt(-2_000, 2_000));
      case "double", "Double" -> random.nextBoolean() ? Double.NaN : -0.0;
      default -> tame.draw(leaf, random);
    };
  }

  private Object container(ParameterizedType type, boolean wild, int depth) {
    Type content = type.getActualTypeArguments()[type.getActualTypeArguments().length - 1];
    if (type.getRawType() == Optional.class) {
      return random.nextBoolean()
          ? Optional.empty()
          : Optional.ofNullable(draw(content, depth + 1));
    }
    int size = depth > 5 ? 0 : wild ? 1 : random.nextInt(3);
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(draw(content, depth + 1));
    }
    if (type.getRawType() == List.class) {
      return wild && size > 0 && depth <= 2
          ? Collections.nCopies(
              random.nextInt(8) == 0 ? random.nextInt(110_000) : 300, elements.getFirst())
          : elements;
    }
    Map<@Nullable String, @Nullable Object> map = new HashMap<>();
    elements.forEach(
        it -> map.put(random.nextInt(50) == 0 && wild ? null : Texts.draw(random), it));
    return map;
  }

  private Object record(Class<?> type, int depth) {
    try {
      Constructor<?> canonical = type.getDeclaredConstructors()[0];
      return canonical.newInstance(
          Arrays.stream(type.getRecordComponents())
              .map(it -> draw(it.getGenericType(), depth + 1))
              .toArray());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("records of tests take everything", impossible);
    }
  }
}
