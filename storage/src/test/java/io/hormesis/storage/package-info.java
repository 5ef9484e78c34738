/** Tests of the storage, on the real file system. */
@NullMarked
package io.hormesis.storage;

import org.jspecify.annotations.NullMarked;
