/** Breaking on purpose: the monkey. */
@NullMarked
package io.hormesis.chaos;

import org.jspecify.annotations.NullMarked;
