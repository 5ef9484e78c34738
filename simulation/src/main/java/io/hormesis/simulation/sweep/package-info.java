/**
 * Every way in which what a worker asks can end, in every combination: {@link
 * io.hormesis.simulation.sweep.Sweep} runs each process alone, through the guards, handlers and
 * delivery of a real server, and only the peers that it asks are a script.
 */
@NullMarked
package io.hormesis.simulation.sweep;

import org.jspecify.annotations.NullMarked;
