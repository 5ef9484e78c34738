package io.hormesis.keeper;

/** Servers cannot be started or kept. Its message gives name, rule, actual value and next step. */
public final class KeeperException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeeperException(String message) {
    super(message);
  }

  public KeeperException(String message, Throwable cause) {
    super(message, cause);
  }
}
