package io.hormesis.trial;

/** What a reply says, in the words of the books. The application's {@link Load} knows. */
public sealed interface ReplyMeaning {

  /**
   * The write is done and will never be lost.
   *
   * @param receipt the name that the system gave it, unique among all writes
   */
  record Accepted(String receipt) implements ReplyMeaning {}

  /** The write is done, but has no receipt by which it could be found again. */
  record Taken() implements ReplyMeaning {}

  /** The worker itself refused the write: a real reply, and nothing was done. */
  record Declined() implements ReplyMeaning {}

  /** A read was answered as it may be. */
  record Shown() implements ReplyMeaning {}

  /**
   * The reply breaks a promise: it does not show what was acknowledged before it was asked for.
   *
   * @param what name, rule, actual value
   */
  record Untrue(String what) implements ReplyMeaning {}

  /** No reply of the application: an error, or something that this load never gives cause for. */
  record Strange(String what) implements ReplyMeaning {}
}
