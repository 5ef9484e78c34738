/**
 * Many servers: Pekko carries the frames and knows the members. The one door to Pekko, and the thin
 * shell that fills a server's ports with real sockets, threads, clocks and files.
 */
@NullMarked
package io.hormesis.cluster;

import org.jspecify.annotations.NullMarked;
