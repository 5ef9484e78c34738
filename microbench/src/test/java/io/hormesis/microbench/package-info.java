/** Tests that the micro-benchmarks run; how fast they are is no matter of a test. */
@NullMarked
package io.hormesis.microbench;

import org.jspecify.annotations.NullMarked;
