package io.hormesis.process;

/** A declaration breaks a rule. Its message gives name, rule, actual value and next step. */
public final class DeclarationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public DeclarationException(String message) {
    super(message);
  }
}
