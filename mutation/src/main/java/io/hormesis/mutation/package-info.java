/**
 * Mutation testing of the platform, for tests alone: its own class files with one error patched in.
 *
 * <p>No production class knows of it. A {@link io.hormesis.mutation.Mutant} names an error and the
 * patches that make it; a {@link io.hormesis.mutation.MutantHunt} runs seeds in a class loader of
 * the mutant's own until one of them shows it.
 */
@NullMarked
package io.hormesis.mutation;

import org.jspecify.annotations.NullMarked;
