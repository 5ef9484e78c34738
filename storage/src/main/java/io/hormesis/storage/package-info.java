/** The local persistent storage of one server, over a disk that can be simulated. */
@NullMarked
package io.hormesis.storage;

import org.jspecify.annotations.NullMarked;
