@NullMarked
package io.hormesis.edge;

import org.jspecify.annotations.NullMarked;
