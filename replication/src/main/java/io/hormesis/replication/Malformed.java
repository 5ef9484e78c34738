package io.hormesis.replication;

/** Bytes that are not what they should be: a frame of a stranger, or a damaged record. */
final class Malformed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Malformed(String message) {
    super(message);
  }

  Malformed(String message, Throwable cause) {
    super(message, cause);
  }
}
