/**
 * The ports through which the protocols are fed: carrier, clock, strands, workers. Randomness is a
 * {@link java.util.random.RandomGenerator}; the disk is {@code io.hormesis.storage.Disk}.
 */
@NullMarked
package io.hormesis.engine.port;

import org.jspecify.annotations.NullMarked;
