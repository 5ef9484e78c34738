/**
 * What happens to a failed worker. State machines without threads or clocks.
 *
 * <p>Paper: §3.1, supervisors.
 */
@NullMarked
package io.hormesis.engine.supervision;

import org.jspecify.annotations.NullMarked;
