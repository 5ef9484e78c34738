package io.hormesis.engine.delivery;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the values of one type are written and read. */
interface PlainForm {

  /**
   * Writes a value.
   *
   * @throws PlainRefusal when it could not be read back
   */
  void write(PlainWriter out, Object value);

  /**
   * Reads a value.
   *
   * @throws PlainRefusal when it is none of this type
   */
  Object read(PlainReader in);

  /** What stands for a component of this type that is missing; null when none may be. */
  default @Nullable Object missing() {
    return null;
  }

  /**
   * The form of a type.
   *
   * @throws MalformedMessage when it is not plain data
   */
  static PlainForm of(Type type) {
    return switch (type) {
      case Class<?> leaf when LeafForm.knows(leaf) -> LeafForm.of(leaf);
      case Class<?> choice when choice.isEnum() -> EnumForm.of(choice);
      case Class<?> record when record.isRecord() -> new Referred(record);
      case ParameterizedType it when it.getRawType() == Optional.class ->
          new OptionalForm(of(it.getActualTypeArguments()[0]));
      case ParameterizedType it when it.getRawType() == List.class ->
          new ListForm(of(it.getActualTypeArguments()[0]));
      case ParameterizedType it when it.getRawType() == Map.class ->
          new MapForm(of(it.getActualTypeArguments()[1]));
      default -> throw notPlain(type.getTypeName());
    };
  }

  /** The form of a value whose type nobody has declared. It reads nothing. */
  PlainForm ANY =
      new PlainForm() {
        @Override
        public void write(PlainWriter out, Object value) {
          switch (value) {
            case Optional<?> optional -> new OptionalForm(this).write(out, optional);
            case List<?> list -> new ListForm(this).write(out, list);
            case Map<?, ?> map -> new MapForm(this).write(out, map);
            case Enum<?> constant -> EnumForm.of(constant.getDeclaringClass()).write(out, constant);
            default -> of(value.getClass()).write(out, value);
          }
        }

        @Override
        public Object read(PlainReader in) {
          throw new UnsupportedOperationException("what is read has a type");
        }
      };

  /** Refuses a value that is not there. */
  static Object present(@Nullable Object value) {
    if (value == null) {
      throw new PlainRefusal("must have a value, but is null: give it one, or declare it Optional");
    }
    return value;
  }

  /** Refuses a value of another type than was declared. */
  static PlainRefusal another(String declared, Object value) {
    return new PlainRefusal(
        "must be a %s, but is a %s: make it what was declared"
            .formatted(declared, value.getClass().getSimpleName()));
  }

  private static MalformedMessage notPlain(String type) {
    return new MalformedMessage(
        "%s is not plain data: use records, text, numbers, times, enums, Optional, List, Map from text"
            .formatted(type));
  }

  /** A record's form, looked up when it is used: a record may hold its own kind. */
  record Referred(Class<?> record) implements PlainForm {
    @Override
    public void write(PlainWriter out, Object value) {
      RecordForm.of(record).write(out, value);
    }

    @Override
    public Object read(PlainReader in) {
      return RecordForm.of(record).read(in);
    }
  }
}
