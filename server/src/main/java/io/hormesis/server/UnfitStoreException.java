package io.hormesis.server;

/** A store holds what this code would not read; the message names both sides. */
public final class UnfitStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitStoreException(String message) {
    super(message);
  }
}
