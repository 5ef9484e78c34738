/** Tests of replication, with a small world in virtual time. */
@NullMarked
package io.hormesis.replication;

import org.jspecify.annotations.NullMarked;
