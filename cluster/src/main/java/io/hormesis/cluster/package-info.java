/**
 * Many servers: the link between them, on Netty, and the thin shell that fills a server's ports
 * with real sockets, threads, clocks and files.
 */
@NullMarked
package io.hormesis.cluster;

import org.jspecify.annotations.NullMarked;
