package io.hormesis.cli;

/** What the user asked for cannot be. Its message gives name, rule, actual value and next step. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
