/**
 * The front door on every server: HTTP calls become requests of the application's processes, their
 * endings become HTTP replies; and the client that knows all the doors.
 */
@NullMarked
package io.hormesis.edge;

import org.jspecify.annotations.NullMarked;
