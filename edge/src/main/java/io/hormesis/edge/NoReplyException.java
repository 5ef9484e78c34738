package io.hormesis.edge;

import java.io.IOException;

/** No edge gave a reply inside the deadline that tells how the request ended. */
public final class NoReplyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean perhapsDone;

  NoReplyException(String message, boolean perhapsDone) {
    super(message);
    this.perhapsDone = perhapsDone;
  }

  /** Whether an edge may have got the request; if not, it was certainly not done. */
  public boolean perhapsDone() {
    return perhapsDone;
  }
}
