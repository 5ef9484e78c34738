package io.hormesis.replication;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a commit, read or delivery has no outcome here. */
public final class NotCommitted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the caller may conclude. */
  public enum Kind {
    /** Nothing was done: another member leads. */
    NOT_LEADER,
    /** Nothing was done: too much is under way; come back later. */
    BUSY,
    /** It may still be committed: ask again under the same request id. */
    UNKNOWN,
    /** Nothing was done: this member stays out of its group. */
    FAULTED
  }

  private final Kind kind;
  private final @Nullable String leader;

  NotCommitted(Kind kind, Optional<String> leader, String message) {
    super(message, null, false, false);
    this.kind = kind;
    this.leader = leader.orElse(null);
  }

  public Kind kind() {
    return kind;
  }

  /** The server that leads, where this member knows it. */
  public Optional<String> leader() {
    return Optional.ofNullable(leader);
  }
}
