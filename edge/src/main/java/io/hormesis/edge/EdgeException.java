package io.hormesis.edge;

/** A door cannot be opened. Its message gives name, rule, actual value and next step. */
public final class EdgeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EdgeException(String message) {
    super(message);
  }

  public EdgeException(String message, Throwable cause) {
    super(message, cause);
  }
}
