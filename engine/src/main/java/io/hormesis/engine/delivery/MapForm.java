package io.hormesis.engine.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values under texts, in the order of these: equal maps give equal bytes. */
record MapForm(PlainForm content) implements PlainForm {

  @Override
  public void write(PlainWriter out, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw PlainForm.another("Map", value);
    }
    Map<String, Object> sorted = sorted(map);
    out.beginRecord(sorted.size());
    sorted.forEach((key, held) -> {
      try {
        out.name(key);
        content.write(out, held);
      } catch (PlainRefusal refusal) {
        throw refusal.under(key);
      }
    });
    out.endRecord();
  }

  @Override
  public Object read(PlainReader in) {
    if (in.isNothing()) {
      return missing();
    }
    in.beginRecord();
    Map<String, Object> map = new LinkedHashMap<>();
    for (@Nullable String key = in.nextName(); key != null; key = in.nextName()) {
      try {
        if (map.put(key, content.read(in)) != null) {
          throw new PlainRefusal("must be there once, but is there twice: write it again");
        }
      } catch (PlainRefusal refusal) {
        throw refusal.under(key);
      }
    }
    return map;
  }

  @Override
  public Object missing() {
    return new LinkedHashMap<>();
  }

  private static Map<String, Object> sorted(Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> {
      if (!(PlainForm.present(key) instanceof String text)) {
        throw PlainForm.another("Map from String", key);
      }
      try {
        sorted.put(text, PlainForm.present(value));
      } catch (PlainRefusal refusal) {
        throw refusal.under(text);
      }
    });
    return sorted;
  }
}
