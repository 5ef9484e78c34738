package io.hormesis.engine.delivery;

/** A value that plain data cannot hold; on its way out it learns where that value lies. */
final class PlainRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;
  private final StringBuilder place = new StringBuilder();

  /**
   * Refuses a value.
   *
   * @param rule what it must be, what it is, and what to do
   */
  PlainRefusal(String rule) {
    super(rule, null, false, false);
    this.rule = rule;
  }

  /** The same refusal, of a component. */
  PlainRefusal of(String component) {
    place.insert(0, "." + component);
    return this;
  }

  /** The same refusal, of an element of a list. */
  PlainRefusal at(int index) {
    place.insert(0, "[" + index + "]");
    return this;
  }

  /** The same refusal, of a value of a map. */
  PlainRefusal under(String key) {
    place.insert(0, "[\"" + Printable.of(key) + "\"]");
    return this;
  }

  /** What is wrong, with the name of the whole and the place in it. */
  String reason(String whole) {
    return whole + place + " " + rule;
  }
}
