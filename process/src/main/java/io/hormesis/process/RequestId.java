package io.hormesis.process;

/**
 * Names one intent of one caller: the same id again gets the first reply again and is never applied
 * a second time. It belongs to the key that the request is about.
 *
 * @param value 1 to 128 visible ASCII characters
 */
public record RequestId(String value) {
  private static final int LIMIT = 128;

  public RequestId {
    if (value.isEmpty()
        || value.length() > LIMIT
        || !value.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalArgumentException(
          "request id must be 1 to 128 visible characters, but was \"%s\": choose another"
              .formatted(shown(value)));
    }
  }

  private static String shown(String value) {
    String printable = value.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= 40 ? printable : printable.substring(0, 40) + "…";
  }
}
