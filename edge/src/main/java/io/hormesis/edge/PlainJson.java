package io.hormesis.edge;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.io.Serial;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleDeserializers;
import tools.jackson.databind.module.SimpleModule;

/**
 * Plain data in JSON (RFC 8259), by Jackson, as strict as it can be: no member twice, none unknown,
 * none missing but an {@code Optional} one, nothing turned into another kind, nesting, length and
 * numbers of bounded size: 64 KiB of commas must not become megabytes of objects. Records are their
 * components and nothing else, enums their names.
 */
final class PlainJson {
  static final int NESTING = 32;
  static final int NUMBER = 100;
  static final int NAME = 200;
  static final int TOKENS = 10_000;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(NESTING)
                          .maxNumberLength(NUMBER)
                          .maxNameLength(NAME)
                          .maxTokenCount(TOKENS)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
          .changeDefaultNullHandling(it -> it.withValueNulls(Nulls.FAIL, Nulls.FAIL))
          .withConfigOverride(
              Optional.class, it -> it.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.SET)))
          .changeDefaultVisibility(it ->
              it.withVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                  .withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY))
          .annotationIntrospector(
              AnnotationIntrospector.pair(new Holes(), new JacksonAnnotationIntrospector()))
          .addModule(new Leaves())
          .build();

  /** The same for a container of optional values, which may be null. */
  private static final JsonMapper OF_OPTIONALS =
      MAPPER
          .rebuild()
          .changeDefaultNullHandling(it -> it.withValueNulls(Nulls.FAIL, Nulls.SET))
          .build();

  private PlainJson() {}

  /** Reads values of a type; made once, for it remembers what it learns of the type. */
  static ObjectReader reader(Type type) {
    JavaType whole = MAPPER.constructType(type);
    return (holdsOptionals(whole) ? OF_OPTIONALS : MAPPER).readerFor(whole);
  }

  /** Null inside of such a container is an empty {@code Optional}, and not a hole. */
  private static boolean holdsOptionals(JavaType type) {
    return type.isContainerType() && type.getContentType().isReferenceType();
  }

  /**
   * Reads the value at which a parser stands.
   *
   * @param field its name, with the names of those around it
   * @throws Refusal when it is not a value of the reader's type
   */
  static Object read(String field, Type type, ObjectReader reader, JsonParser in) {
    try {
      Object value = reader.readValue(in);
      if (value == null) {
        throw wrong(field, "must be %s, but was null: send %s", expected(type), expected(type));
      }
      return value;
    } catch (MismatchedInputException e) {
      throw refusal(field, e);
    } catch (ValueInstantiationException e) {
      throw new Refusal(Problem.wrongField(path(field, e), own(e)));
    }
  }

  /** A value that is not what its type wants; the message is what must be. */
  static final class WrongValue extends MismatchedInputException {
    @Serial private static final long serialVersionUID = 1L;

    WrongValue(JsonParser in, String rule) {
      super(in, rule);
    }
  }

  private static Refusal refusal(String field, MismatchedInputException e) {
    String path = path(field, e);
    return switch (e) {
      case WrongValue it -> wrong(path, it.getOriginalMessage());
      case UnrecognizedPropertyException it -> {
        List<String> known = it.getKnownPropertyIds().stream().map(String::valueOf).toList();
        yield new Refusal(
            Problem.wrongField(
                path,
                "field "
                    + Fields.unknown(path, known, Fields.nearest(it.getPropertyName(), known))));
      }
      case InvalidNullException it when !standsAtNull(it) ->
          wrong(path, "must be " + missing(expected(it.getTargetType())));
      case InvalidNullException it when isElement(it) ->
          wrong(path, "must not be null, but was null: leave it away");
      default -> {
        String expected = expected(e.getTargetType());
        String shown = e.processor() instanceof JsonParser in ? shown(in) : "another";
        yield wrong(path, "must be %s, but was %s: send %s", expected, shown, expected);
      }
    };
  }

  /** Jackson does not say of which type an element had to be. */
  private static boolean isElement(InvalidNullException e) {
    Class<?> type = e.getTargetType();
    return type == null || (!type.isRecord() && Leaf.of(type).isEmpty());
  }

  private static boolean standsAtNull(JacksonException e) {
    return e.processor() instanceof JsonParser in && in.currentToken() == JsonToken.VALUE_NULL;
  }

  /** What a record says of values that it does not take. */
  private static String own(ValueInstantiationException e) {
    return e.getCause() instanceof IllegalArgumentException it && it.getMessage() != null
        ? it.getMessage()
        : "%s does not take these values: check them"
            .formatted(e.getType().getRawClass().getSimpleName());
  }

  private static String path(String field, JacksonException e) {
    StringBuilder path = new StringBuilder(field);
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() != null) {
        path.append('.').append(step.getPropertyName());
      } else {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  static Refusal wrong(String field, String rule, Object... values) {
    String text = values.length == 0 ? rule : rule.formatted(values);
    return new Refusal(
        Problem.wrongField(field, "field \"%s\" %s".formatted(Shown.path(field), text)));
  }

  /** What must be said of a field that is not there. */
  static String missing(String expected) {
    return "given, but is missing: add it, " + expected;
  }

  /** What a value of a type looks like, for an error's text. */
  static String expected(@Nullable Type type) {
    JavaType whole = MAPPER.constructType(type == null ? Object.class : type);
    if (whole.isReferenceType()) {
      return expected(whole.getReferencedType());
    }
    return Leaf.of(whole.getRawClass())
        .map(Leaf::expected)
        .orElse(Collection.class.isAssignableFrom(whole.getRawClass()) ? "an array" : "an object");
  }

  /** The value at which a parser stands, as an error shows it: short, and with the kind of it. */
  static String shown(JsonParser in) {
    return switch (in.currentToken()) {
      case START_OBJECT, END_OBJECT, PROPERTY_NAME -> passed(in, "an object");
      case START_ARRAY, END_ARRAY -> passed(in, "an array");
      case VALUE_STRING -> "the text \"%s\"".formatted(Shown.of(in.getString()));
      case VALUE_NULL -> "null";
      case null -> "nothing";
      default -> Shown.of(in.getString());
    };
  }

  /** A bomb is told from a value of the wrong kind. */
  private static String passed(JsonParser in, String shown) {
    in.skipChildren();
    return shown;
  }

  /** JSON can escape half of a surrogate pair, which no UTF-8 can carry on. */
  static String wellFormed(String text) {
    boolean lone =
        text.codePoints()
            .anyMatch(it -> it >= Character.MIN_SURROGATE && it <= Character.MAX_SURROGATE);
    if (lone) {
      throw new JsonBody.LoneSurrogate();
    }
    return text;
  }

  static Class<?> primitive(Class<?> type) {
    return Optional.<Class<?>>ofNullable(PRIMITIVES.get(type)).orElse(type);
  }

  private static final Map<Class<?>, Class<?>> PRIMITIVES =
      Map.of(
          Byte.class, byte.class,
          Short.class, short.class,
          Integer.class, int.class,
          Long.class, long.class,
          Float.class, float.class,
          Double.class, double.class,
          Boolean.class, boolean.class,
          Character.class, char.class);

  /** Lets containers of optional values hold null. */
  private static final class Holes extends NopAnnotationIntrospector {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated component) {
      return holdsOptionals(component.getType())
          ? JsonSetter.Value.forContentNulls(Nulls.SET)
          : JsonSetter.Value.empty();
    }
  }

  /** Puts {@link Leaf} in the place of Jackson's own ways to read. */
  private static final class Leaves extends SimpleModule {
    @Serial private static final long serialVersionUID = 1L;

    Leaves() {
      super("hormesis-leaves");
      setDeserializers(
          new SimpleDeserializers() {
            @Serial private static final long serialVersionUID = 1L;

            @Override
            public @Nullable ValueDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
              return Leaf.of(type.getRawClass()).orElse(null);
            }

            @Override
            public @Nullable ValueDeserializer<?> findEnumDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription.Supplier bean) {
              return Leaf.of(type.getRawClass()).orElse(null);
            }
          });
      addKeyDeserializer(
          String.class,
          new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
              return wellFormed(key);
            }
          });
    }
  }
}
