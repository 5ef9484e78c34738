/**
 * A whole application under one seed: real servers of {@code io.hormesis.server}, replication and
 * front included, over simulated ports.
 *
 * <p>{@link io.hormesis.simulation.system.SystemSimulation} runs a world: servers, callers that
 * send the application's own load, faults for a while, then peace. Books kept outside of the
 * servers say whether every promise was kept.
 */
@NullMarked
package io.hormesis.simulation.system;

import org.jspecify.annotations.NullMarked;
