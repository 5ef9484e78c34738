package io.hormesis.replication;

/**
 * All that a member has applied, as one number: keys with versions and states, remembered replies,
 * forgotten requests, waiting notices, time. Members of a group whose index is the same have the
 * same checksum, whether they came there by the log, by a checkpoint or by a snapshot of another
 * member; another checksum means that they have diverged.
 *
 * @param index of the last entry that was applied; 0 before the first
 * @param checksum CRC32C of the state as it would stand in a checkpoint: any difference within four
 *     bytes shows, any other with all but certainty
 */
public record StateChecksum(long index, long checksum) {}
