package io.hormesis.engine.delivery;

/** Bytes that are not what they should be, or data that cannot be sent. */
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public MalformedMessage(String reason) {
    super(reason);
    this.reason = reason;
  }

  public MalformedMessage(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** What is wrong, for people. */
  public String reason() {
    return reason;
  }
}
