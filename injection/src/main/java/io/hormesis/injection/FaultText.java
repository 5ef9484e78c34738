package io.hormesis.injection;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts a fault into words, such as {@code Kill b1, down 1.2 s}, whatever its components. */
public final class FaultText {
  private FaultText() {}

  public static String of(Fault fault) {
    List<String> parts = new ArrayList<>();
    components(fault)
        .forEach((name, value) -> {
          String text = text(name, value);
          if (!text.isEmpty()) {
            parts.add(text);
          }
        });
    return fault.kind() + " " + String.join(", ", parts);
  }

  /** Servers need no name, a truth value is its name or nothing. */
  private static String text(String component, Object value) {
    String name = component.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    return switch (value) {
      case String server -> server;
      case Boolean yes -> yes ? name : "";
      case Duration time -> String.format(Locale.ROOT, "%s %.1f s", name, time.toMillis() / 1e3);
      case Object other -> name + " " + other;
    };
  }

  /** The values of a fault by their names, in their order. */
  static Map<String, Object> components(Fault fault) {
    Map<String, Object> components = new LinkedHashMap<>();
    for (RecordComponent component : fault.getClass().getRecordComponents()) {
      components.put(component.getName(), value(component, fault));
    }
    return components;
  }

  private static Object value(RecordComponent component, Fault fault) {
    try {
      return component.getAccessor().invoke(fault);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("a record's components can be read", impossible);
    }
  }
}
