package io.hormesis.replication;

import java.util.Optional;

/**
 * What is stored under a key.
 *
 * @param version 0 when the key was never written, then one more with every applied change
 */
@SuppressWarnings("ArrayRecordComponent")
public record KeyState(String key, long version, Optional<byte[]> state) {}
