package io.hormesis.engine.delivery;

import java.util.ArrayList;
import java.util.List;

/** Elements in their order. */
record ListForm(PlainForm element) implements PlainForm {

  @Override
  public void write(PlainWriter out, Object value) {
    if (!(value instanceof List<?> list)) {
      throw PlainForm.another("List", value);
    }
    Object[] elements = list.toArray();
    out.beginList(elements.length);
    for (int i = 0; i < elements.length; i++) {
      try {
        element.write(out, PlainForm.present(elements[i]));
      } catch (PlainRefusal refusal) {
        throw refusal.at(i);
      }
    }
    out.endList();
  }

  @Override
  public Object read(PlainReader in) {
    if (in.isNothing()) {
      return missing();
    }
    in.beginList();
    List<Object> elements = new ArrayList<>();
    while (in.nextElement()) {
      try {
        elements.add(element.read(in));
      } catch (PlainRefusal refusal) {
        throw refusal.at(elements.size());
      }
    }
    return elements;
  }

  @Override
  public Object missing() {
    return new ArrayList<>();
  }
}
