package io.hormesis.server;

/** How much waits in the mailbox of an instance, and how much may. */
public record MailboxFill(
    String instance, int messages, int mostMessages, long bytes, long mostBytes) {

  public boolean withinBounds() {
    return messages <= mostMessages && bytes <= mostBytes;
  }
}
