package io.hormesis.simulation.generate;

import io.hormesis.process.RequestId;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Draws records of one type, again and again until one takes what was drawn. */
final class RecordDraw {
  private static final int MOST_TRIES = 5_000;

  /** After so many tries in vain for one component, all are drawn again. */
  private static final int ALL_AGAIN = 500;

  private static final int SHOWN = 120;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

  private final Class<?> type;
  private final Known known;
  private final List<Component> components;
  private final List<String> names;
  private final List<Method> accessors;
  private final Constructor<?> constructor;

  RecordDraw(Class<?> type, Known known) {
    this.type = type;
    this.known = known;
    components = Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
    names = components.stream().map(Component::name).toList();
    accessors =
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getAccessor).toList();
    accessors.forEach(it -> it.setAccessible(true));
    constructor = canonical(type);
  }

  /** Draws a value of a component that need not be known. */
  @FunctionalInterface
  interface Fresh {
    Object draw(Component component);
  }

  /** What a value is known by: equal names of one type follow equal rules. */
  record Component(String name, Type type) {
    static Component of(RecordComponent declared) {
      return new Component(declared.getName(), declared.getGenericType());
    }
  }

  Object draw(RandomGenerator random, Fresh fresh) {
    List<Object> values =
        new ArrayList<>(components.stream().map(it -> one(it, random, fresh)).toList());
    String refusal = "";
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      try {
        Object made = made(values);
        known.taken(components, values);
        return made;
      } catch (Refused refused) {
        refusal = refused.text();
        redraw(values, tries % ALL_AGAIN == 0 ? -1 : named(refusal), random, fresh);
      }
    }
    throw UndrawableException.refused(type, MOST_TRIES, shown(refusal));
  }

  /** The values of a record, by component. */
  Map<Component, Object> values(Record record) {
    Map<Component, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < components.size(); i++) {
      values.put(components.get(i), value(record, accessors.get(i)));
    }
    return values;
  }

  /** The record with some values changed; the record itself when it does not take them. */
  Object with(Record record, Map<Component, Object> changed) {
    Map<Component, Object> values = values(record);
    values.replaceAll((component, value) -> changed.getOrDefault(component, value));
    try {
      return made(List.copyOf(values.values()));
    } catch (Refused _) {
      return record; // what was drawn is a value, too
    }
  }

  private static Object value(Record record, Method accessor) {
    try {
      return accessor.invoke(record);
    } catch (ReflectiveOperationException unreadable) {
      throw new IllegalStateException(
          "%s of %s cannot be read".formatted(accessor, record), unreadable);
    }
  }

  /** Draws the wrong component anew, or all when nobody knows which it is. */
  private void redraw(List<Object> values, int wrong, RandomGenerator random, Fresh fresh) {
    if (wrong >= 0) {
      values.set(wrong, fresh.draw(components.get(wrong)));
    } else {
      for (int i = 0; i < values.size(); i++) {
        values.set(i, one(components.get(i), random, fresh));
      }
    }
  }

  private Object one(Component component, RandomGenerator random, Fresh fresh) {
    return component.type() == RequestId.class
        ? fresh.draw(component)
        : known.of(component, random).orElseGet(() -> fresh.draw(component));
  }

  /** Which component a refusal names first; less than 0 when it names none. */
  private int named(String refusal) {
    return NAME.matcher(refusal)
        .results()
        .map(MatchResult::group)
        .mapToInt(names::indexOf)
        .filter(it -> it >= 0)
        .findFirst()
        .orElse(-1);
  }

  private Object made(List<Object> values) throws Refused {
    try {
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof RuntimeException cause) {
        throw new Refused(cause);
      }
      throw new IllegalStateException("%s breaks its JVM".formatted(type), refused);
    } catch (ReflectiveOperationException hidden) {
      throw new IllegalStateException("%s cannot be made".formatted(type), hidden);
    }
  }

  private static Constructor<?> canonical(Class<?> type) {
    try {
      Constructor<?> canonical =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      return canonical;
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException("every record has a canonical constructor", impossible);
    }
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /** The record's own word against a value. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(RuntimeException cause) {
      super(cause);
    }

    String text() {
      return String.valueOf(getCause() == null ? "" : getCause().getMessage());
    }
  }
}
