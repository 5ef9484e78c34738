package io.hormesis.engine.delivery;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * A record: its components by their names, in the order of these, and nothing else. What is written
 * is what the record holds, whatever its methods say; what is read goes through its constructor,
 * which checks it again.
 */
final class RecordForm implements PlainForm {
  private static final MethodType OF_ARRAY = MethodType.methodType(Object.class, Object[].class);
  private static final MethodType OF_RECORD = MethodType.methodType(Object.class, Object.class);

  private static final ClassValue<RecordForm> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordForm computeValue(Class<?> type) {
          return new RecordForm(type);
        }
      };

  private final Class<?> type;
  private final MethodHandle make;
  private final List<Component> components;
  private final Map<String, Integer> places = new HashMap<>();

  private RecordForm(Class<?> type) {
    this.type = type;
    RecordComponent[] declared = type.getRecordComponents();
    components =
        IntStream.range(0, declared.length)
            .mapToObj(it -> Component.of(type, declared[it], it))
            .sorted(Comparator.comparing(Component::name))
            .toList();
    for (int place = 0; place < declared.length; place++) {
      places.put(components.get(place).name(), place);
    }
    make = maker(type, declared);
  }

  static RecordForm of(Class<?> type) {
    return KNOWN.get(type);
  }

  /**
   * One component.
   *
   * @param argument its place among the constructor's arguments
   */
  private record Component(
      String name, SerializableString written, PlainForm form, MethodHandle holds, int argument) {

    static Component of(Class<?> type, RecordComponent declared, int argument) {
      String name = declared.getName();
      return new Component(
          name,
          new SerializedString(name),
          PlainForm.of(declared.getGenericType()),
          holder(type, name),
          argument);
    }

    private static MethodHandle holder(Class<?> type, String name) {
      try {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return MethodHandles.lookup().unreflectGetter(field).asType(OF_RECORD);
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException("each component has a field", impossible);
      }
    }

    @Nullable Object in(Object record) {
      try {
        return (@Nullable Object) holds.invokeExact(record);
      } catch (Throwable impossible) {
        throw new IllegalStateException("a field of a record can be read", impossible);
      }
    }
  }

  @Override
  public void write(PlainWriter out, Object value) {
    if (value.getClass() != type) {
      throw PlainForm.another(type.getSimpleName(), value);
    }
    out.beginRecord(components.size());
    for (Component component : components) {
      try {
        out.name(component.written());
        component.form().write(out, PlainForm.present(component.in(value)));
      } catch (PlainRefusal refusal) {
        throw refusal.of(component.name());
      }
    }
    out.endRecord();
  }

  @Override
  public Object read(PlainReader in) {
    in.beginRecord();
    @Nullable Object[] values = new @Nullable Object[components.size()];
    int expected = 0;
    for (@Nullable String name = in.nextName(); name != null; name = in.nextName()) {
      Component component = component(name, expected++);
      try {
        if (values[component.argument()] != null) {
          throw new PlainRefusal("must be there once, but is there twice: write it again");
        }
        values[component.argument()] = component.form().read(in);
      } catch (PlainRefusal refusal) {
        throw refusal.of(name);
      }
    }
    fillIn(values);
    return made(values);
  }

  /** Mostly the next one, for they are written in this order. */
  private Component component(String name, int expected) {
    if (expected < components.size() && components.get(expected).name().equals(name)) {
      return components.get(expected);
    }
    Integer place = places.get(name);
    if (place == null) {
      throw new PlainRefusal(
              "must be a component of %s, but is none: read it with the code that wrote it"
                  .formatted(type.getSimpleName()))
          .of(Printable.of(name));
    }
    return components.get(place);
  }

  private void fillIn(@Nullable Object[] values) {
    for (Component component : components) {
      if (values[component.argument()] == null) {
        Object missing = component.form().missing();
        if (missing == null) {
          throw new PlainRefusal(
                  "must be there, but is missing: give it, or declare it Optional, a List or a Map")
              .of(component.name());
        }
        values[component.argument()] = missing;
      }
    }
  }

  private Object made(@Nullable Object[] values) {
    try {
      return (Object) make.invokeExact(values);
    } catch (Exception refused) {
      throw new PlainRefusal(
          "must be what its record takes, but is refused by it: " + refused.getMessage());
    } catch (Error error) {
      throw error;
    } catch (Throwable other) {
      throw new IllegalStateException(other);
    }
  }

  private static MethodHandle maker(Class<?> type, RecordComponent[] declared) {
    try {
      Constructor<?> canonical =
          type.getDeclaredConstructor(
              Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
      canonical.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, declared.length)
          .asType(OF_ARRAY);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("each record has a canonical constructor", impossible);
    }
  }
}
