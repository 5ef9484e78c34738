/**
 * The binary form of what goes over the wire and into the log: nested arrays of CBOR (RFC 8949),
 * without names or classes.
 */
@NullMarked
package io.hormesis.engine.cbor;

import org.jspecify.annotations.NullMarked;
