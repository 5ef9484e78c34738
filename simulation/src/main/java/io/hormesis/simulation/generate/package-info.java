/**
 * Draws plain data from the types of an application's contracts, so that an application can be run
 * and judged without anybody writing values for it.
 *
 * <p>{@link io.hormesis.simulation.generate.PlainValues} draws; an author whose records nobody
 * could guess helps with a {@link io.hormesis.simulation.generate.Generator}; {@link
 * io.hormesis.simulation.generate.RouteLoad} makes calls of it, one route and another.
 */
@NullMarked
package io.hormesis.simulation.generate;

import org.jspecify.annotations.NullMarked;
