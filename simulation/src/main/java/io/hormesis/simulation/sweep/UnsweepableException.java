package io.hormesis.simulation.sweep;

import io.hormesis.simulation.Origin;

/**
 * A process cannot be swept, for code of its author fails where no message is handled: a class is
 * missing, a key cannot be told, a worker cannot be made.
 */
public final class UnsweepableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnsweepableException(String process, Throwable failure) {
    super(
        "process %s must start and take messages to be swept, but failed: %s; mend that first"
            .formatted(process, Origin.of(root(failure))),
        failure);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
