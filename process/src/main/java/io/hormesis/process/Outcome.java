package io.hormesis.process;

/** What the sender of a command ends up with, before its deadline. */
public sealed interface Outcome<R> {

  /** Done, and this is the reply. */
  record Replied<R>(R value) implements Outcome<R> {}

  /** Certainly not done. */
  record Refused<R>(By by, String reason) implements Outcome<R> {}

  /** Perhaps done, perhaps not: send it again under the same request id. */
  record Unknown<R>(String reason) implements Outcome<R> {}

  /** Who refused. */
  enum By {
    /** The worker that was asked, by a reply like any other. */
    WORKER,
    /** The platform, on the way there. */
    PLATFORM
  }
}
