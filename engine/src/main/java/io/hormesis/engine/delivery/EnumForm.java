package io.hormesis.engine.delivery;

import java.util.Map;
import java.util.TreeMap;

/** Constants by their names, whatever text they show. */
record EnumForm(Class<?> type, Map<String, Object> constants) implements PlainForm {
  private static final ClassValue<EnumForm> KNOWN =
      new ClassValue<>() {
        @Override
        protected EnumForm computeValue(Class<?> type) {
          Map<String, Object> constants = new TreeMap<>();
          for (Object constant : type.getEnumConstants()) {
            constants.put(((Enum<?>) constant).name(), constant);
          }
          return new EnumForm(type, constants);
        }
      };

  static EnumForm of(Class<?> type) {
    return KNOWN.get(type);
  }

  @Override
  public void write(PlainWriter out, Object value) {
    if (!(value instanceof Enum<?> constant) || constant.getDeclaringClass() != type) {
      throw PlainForm.another(type.getSimpleName(), value);
    }
    out.text(constant.name());
  }

  @Override
  public Object read(PlainReader in) {
    String name = in.text();
    Object constant = constants.get(name);
    if (constant == null) {
      throw new PlainRefusal(
          "must be one of %s, but is \"%s\": bring that constant back"
              .formatted(String.join(", ", constants.keySet()), Printable.of(name)));
    }
    return constant;
  }
}
