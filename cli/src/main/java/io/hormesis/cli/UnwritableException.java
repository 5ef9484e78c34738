package io.hormesis.cli;

/** What a command says cannot be written: a disk is full, or a reader has gone. */
final class UnwritableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnwritableException() {
    super(
        "standard output must be writable to the end, but is not: free its disk, or let its reader read on");
  }
}
