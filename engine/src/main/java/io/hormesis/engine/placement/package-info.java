/** Which server hosts which instance. A pure function of servers and declarations. */
@NullMarked
package io.hormesis.engine.placement;

import org.jspecify.annotations.NullMarked;
