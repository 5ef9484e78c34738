/** What an application author writes: contracts, workers, dependencies, declarations. */
@NullMarked
package io.hormesis.process;

import org.jspecify.annotations.NullMarked;
