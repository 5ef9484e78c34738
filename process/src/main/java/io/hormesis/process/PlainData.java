package io.hormesis.process;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
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
          Character.class,
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
    check(where, type, Set.of());
  }

  /**
   * The check itself.
   *
   * @param around the records that this type is part of: one that holds itself is plain, too
   */
  private static void check(String where, Type type, Set<Class<?>> around) {
    switch (type) {
      case Class<?> leaf when leaf.isPrimitive() || leaf.isEnum() || LEAVES.contains(leaf) -> {}
      case Class<?> again when around.contains(again) -> {}
      case Class<?> record when record.isRecord() -> checkComponents(where, record, around);
      case ParameterizedType container when isContainer(container) -> {
        for (Type argument : container.getActualTypeArguments()) {
          check(where, argument, around);
        }
      }
      default ->
          throw new DeclarationException(
              "%s must be plain data (records, text, numbers, times, enums, Optional, List, Map from text), but holds a %s: use one of these"
                  .formatted(where, type.getTypeName()));
    }
  }

  private static void checkComponents(String where, Class<?> record, Set<Class<?>> around) {
    Set<Class<?>> within = new HashSet<>(around);
    within.add(record);
    for (RecordComponent component : record.getRecordComponents()) {
      check(where + "." + component.getName(), component.getGenericType(), within);
    }
  }

  private static boolean isContainer(ParameterizedType type) {
    return type.getRawType() == Optional.class
        || type.getRawType() == List.class
        || (type.getRawType() == Map.class && type.getActualTypeArguments()[0] == String.class);
  }
}
