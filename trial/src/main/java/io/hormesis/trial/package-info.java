/** A run under load and faults, judged by books kept outside the system: how we know. */
@NullMarked
package io.hormesis.trial;

import org.jspecify.annotations.NullMarked;
