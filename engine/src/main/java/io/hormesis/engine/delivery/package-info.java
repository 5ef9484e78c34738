/**
 * The way of a message: envelope, codec, route, retry, bounded mailbox. State machines without
 * threads, clocks or sockets.
 */
@NullMarked
package io.hormesis.engine.delivery;

import org.jspecify.annotations.NullMarked;
