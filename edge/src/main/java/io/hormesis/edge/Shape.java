package io.hormesis.edge;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The components of a record and its canonical constructor, looked up once for each class. */
record Shape(Constructor<?> constructor, List<Component> components) {

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return read(type);
        }
      };

  static Shape of(Class<?> record) {
    return SHAPES.get(record);
  }

  /** One component of a record. */
  record Component(String name, Type type, Method accessor) {

    Object valueIn(Record record) {
      try {
        return Objects.requireNonNull(
            accessor.invoke(record), () -> "component %s is null".formatted(name));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("component %s cannot be read".formatted(name), e);
      }
    }
  }

  boolean has(String name) {
    return components.stream().anyMatch(it -> it.name().equals(name));
  }

  List<String> names() {
    return components.stream().map(Component::name).toList();
  }

  /**
   * Makes a record.
   *
   * @throws IllegalArgumentException what its compact constructor says of a wrong value
   */
  Record make(List<Object> values) {
    try {
      return (Record) constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      String text = e.getCause() instanceof IllegalArgumentException it ? it.getMessage() : null;
      throw new IllegalArgumentException(
          text != null
              ? text
              : "%s does not take these values: check them"
                  .formatted(constructor.getDeclaringClass().getSimpleName()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s cannot be made".formatted(constructor), e);
    }
  }

  private static Shape read(Class<?> type) {
    RecordComponent[] declared = type.getRecordComponents();
    if (declared == null) {
      throw new IllegalArgumentException("%s is no record".formatted(type.getName()));
    }
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new Shape(constructor, Arrays.stream(declared).map(Shape::component).toList());
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("%s has no canonical constructor".formatted(type), e);
    }
  }

  private static Component component(RecordComponent declared) {
    Method accessor = declared.getAccessor();
    accessor.setAccessible(true);
    return new Component(declared.getName(), declared.getGenericType(), accessor);
  }
}
