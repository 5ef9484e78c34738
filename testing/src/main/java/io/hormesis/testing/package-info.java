/**
 * Tests of an author's own application: JUnit runs a {@link io.hormesis.testing.Simulated} method
 * once for each of many seeds, each time with a {@link io.hormesis.testing.Lab} in which the whole
 * application is started, asked, broken and watched in virtual time.
 */
@NullMarked
package io.hormesis.testing;

import org.jspecify.annotations.NullMarked;
