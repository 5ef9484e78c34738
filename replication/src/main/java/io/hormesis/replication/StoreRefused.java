package io.hormesis.replication;

/** A server's store that must not be touched: it is another system's, or of a newer format. */
public final class StoreRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreRefused(String message) {
    super(message);
  }
}
