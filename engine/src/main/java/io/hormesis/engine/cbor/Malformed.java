package io.hormesis.engine.cbor;

/** Bytes that are not what they should be: a frame of a stranger, or a damaged record. */
public final class Malformed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Malformed(String message) {
    super(message);
  }

  public Malformed(String message, Throwable cause) {
    super(message, cause);
  }
}
