package io.hormesis.engine.delivery;

import java.util.Optional;

/**
 * A value that may be missing: nothing, or the value itself. One in another is put into a list of
 * one, for two kinds of nothing would become one.
 */
record OptionalForm(PlainForm content) implements PlainForm {

  @Override
  public void write(PlainWriter out, Object value) {
    if (!(value instanceof Optional<?> optional)) {
      throw PlainForm.another("Optional", value);
    }
    if (optional.isEmpty()) {
      out.nothing();
    } else if (optional.get() instanceof Optional<?> inner) {
      out.beginList(1);
      content.write(out, inner);
      out.endList();
    } else {
      content.write(out, optional.get());
    }
  }

  @Override
  public Object read(PlainReader in) {
    if (in.isNothing()) {
      return Optional.empty();
    }
    if (!(content instanceof OptionalForm)) {
      return Optional.of(content.read(in));
    }
    in.beginList();
    in.nextElement();
    Object inner = content.read(in);
    if (in.nextElement()) {
      throw new PlainRefusal("must hold one value, but holds more: read it as it was written");
    }
    return Optional.of(inner);
  }

  @Override
  public Object missing() {
    return Optional.empty();
  }
}
