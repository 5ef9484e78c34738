/**
 * The replicated record under one seed: the real classes of {@code io.hormesis.replication},
 * MicroRaft included, over simulated ports.
 *
 * <p>{@link io.hormesis.simulation.record.RecordSimulation} runs a world: three servers with a
 * stateful process ({@code desk}) that tells another one ({@code box}) by notices, clients that
 * never give up, faults for a while, then peace. {@code Books}, kept outside of the servers, say
 * whether every promise was kept, and whether the world became whole again in time.
 */
@NullMarked
package io.hormesis.simulation.record;

import org.jspecify.annotations.NullMarked;
