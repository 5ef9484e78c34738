package io.hormesis.storage;

import java.io.IOException;

/** What was forced once cannot be read any more. */
public class DamagedFile extends IOException {

  private static final long serialVersionUID = 1L;

  public DamagedFile(String message) {
    super(message);
  }
}
