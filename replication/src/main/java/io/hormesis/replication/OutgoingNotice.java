package io.hormesis.replication;

/**
 * A notice that a step sends to another process; it waits in the outbox until it is delivered.
 *
 * @param process who receives it
 * @param type number of the message in the receiver's contract
 * @param key key of the receiver; empty when it keeps no state
 * @param requestId under which the receiver applies it once
 * @param context what travels with it, encoded; empty in a log of the first version
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingNotice(
    String process, int type, String key, byte[] payload, String requestId, byte[] context) {}
