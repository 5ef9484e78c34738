package io.hormesis.simulation.generate;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** Values of components that records took, by name and type: a few of each. */
final class Known {
  private static final int OF_EACH = 8;
  private static final int FRESH_ONE_OF = 5;
  private static final int LESSONS = 6 * OF_EACH;

  private final Map<RecordDraw.Component, List<Object>> values = new HashMap<>();
  private boolean learning;

  /**
   * Learns from drawing some types, small records first. One that refuses everything teaches
   * nothing.
   */
  void learn(List<Type> types, BiConsumer<Type, RandomGenerator> draw) {
    learning = true;
    for (Type type : types.stream().sorted(Comparator.comparingInt(Known::size)).toList()) {
      RandomGenerator random = PlainValues.learning(type);
      try {
        for (int times = 0; times < LESSONS; times++) {
          draw.accept(type, random);
        }
      } catch (UndrawableException _) {
        // Whoever really wants one is told.
      }
    }
    learning = false;
  }

  /** A record took these values. */
  void taken(List<RecordDraw.Component> components, List<Object> taken) {
    for (int i = 0; learning && i < taken.size(); i++) {
      List<Object> known = values.computeIfAbsent(components.get(i), _ -> new ArrayList<>());
      if (known.size() < OF_EACH && !known.contains(taken.get(i))) {
        known.add(taken.get(i));
      }
    }
  }

  /** Mostly a known value of a component; else empty. */
  Optional<Object> of(RecordDraw.Component component, RandomGenerator random) {
    List<Object> known = values.getOrDefault(component, List.of());
    return random.nextInt(FRESH_ONE_OF) == 0 || known.isEmpty()
        ? Optional.empty()
        : Optional.of(Texts.pick(known, random));
  }

  private static int size(Type type) {
    return type instanceof Class<?> record && record.isRecord()
        ? record.getRecordComponents().length
        : Integer.MAX_VALUE;
  }
}
