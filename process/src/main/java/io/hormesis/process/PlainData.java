package io.hormesis.process;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rule for what a message, a reply and a state may hold: values that look the same on every
 * server and survive a change of code.
 */
public final class PlainData {
  private static final Set<Class<?>> LEAVES =
      Set.of(
          String.class,
          Boolean.class,
          Integer.class,
          Long.class,
          Short.class,
          Byte.class,
          Double.class,
          Float.class,
          BigDecimal.class,
          BigInteger.class,
          Instant.class,
          LocalDate.class,
          Duration.class);

  private PlainData() {}

  /**
   * Checks that a type is plain data all the way down.
   *
   * @param where what is being checked, for the error's text
   * @throws DeclarationException when it is not
   */
  public static void check(String where, Type type) {
    switch (type) {
      case Class<?> leaf when leaf.isPrimitive() || leaf.isEnum() || LEAVES.contains(leaf) -> {}
      case Class<?> record when record.isRecord() -> checkComponents(where, record);
      case ParameterizedType container when isContainer(container) -> {
        for (Type argument : container.getActualTypeArguments()) {
          check(where, argument);
        }
      }
      default ->
          throw new DeclarationException(
              "%s must be plain data (records, text, numbers, times, enums, Optional, List, Map from text), but holds a %s: use one of these"
                  .formatted(where, type.getTypeName()));
    }
  }

  private static void checkComponents(String where, Class<?> record) {
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.getType() != record) {
        check(where + "." + component.getName(), component.getGenericType());
      }
    }
  }

  private static boolean isContainer(ParameterizedType type) {
    return type.getRawType() == Optional.class
        || type.getRawType() == List.class
        || (type.getRawType() == Map.class && type.getActualTypeArguments()[0] == String.class);
  }
}
