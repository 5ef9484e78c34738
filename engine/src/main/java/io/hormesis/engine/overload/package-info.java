/**
 * Overload protection: how much is let in, and how long it may wait. State machines without threads
 * or clocks.
 */
@NullMarked
package io.hormesis.engine.overload;

import org.jspecify.annotations.NullMarked;
