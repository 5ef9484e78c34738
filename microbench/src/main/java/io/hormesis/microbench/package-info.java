/** Micro-benchmarks (JMH) of single paths through the platform, and the program that runs them. */
@NullMarked
package io.hormesis.microbench;

import org.jspecify.annotations.NullMarked;
