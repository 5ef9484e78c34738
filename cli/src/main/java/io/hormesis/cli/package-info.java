/** The launcher's commands. */
@NullMarked
package io.hormesis.cli;

import org.jspecify.annotations.NullMarked;
