/**
 * One JVM, one thread, one seed, virtual time: the ground on which the platform's own classes are
 * run through years of bad luck in seconds.
 *
 * <p>This package is the kernel and knows no protocol: {@link io.hormesis.simulation.VirtualTime}
 * and what fills the five ports of a server (strands, clock, disk, network, randomness), each with
 * its faults. {@code io.hormesis.simulation.group} puts the replicated record on it. Everything
 * that happens goes into an {@link io.hormesis.simulation.EventLog}, whose hash is the same for the
 * same seed, in any JVM.
 */
@NullMarked
package io.hormesis.simulation;

import org.jspecify.annotations.NullMarked;
