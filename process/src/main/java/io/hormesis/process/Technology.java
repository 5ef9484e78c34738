package io.hormesis.process;

/** The kind of store that holds a stateful process' state beside the replicated log. */
public enum Technology {
  FLAT_FILE;

  /** A file of our own format: no library, no server. */
  public static Technology flatFile() {
    return FLAT_FILE;
  }
}
