package io.hormesis.replication;

/**
 * A notice that waits in the outbox.
 *
 * @param number its place in the group's outbox: rises, is never used again
 */
public record Undelivered(long number, OutgoingNotice notice) {}
