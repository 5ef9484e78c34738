package io.hormesis.replication;

/**
 * A notice that a step sends to another process; it waits in the outbox until it is delivered.
 *
 * @param type numeric type id, of the sender's choice
 * @param key key of the receiver
 * @param requestId under which the receiver applies it once
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingNotice(int type, String key, byte[] payload, String requestId) {}
