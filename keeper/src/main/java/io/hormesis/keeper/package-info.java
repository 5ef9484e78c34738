/** One per machine: starts, watches and restarts servers as a parent. */
@NullMarked
package io.hormesis.keeper;

import org.jspecify.annotations.NullMarked;
