/** The measured paths through a server's inner classes, which only their own package can take. */
@NullMarked
package io.hormesis.server;

import org.jspecify.annotations.NullMarked;
