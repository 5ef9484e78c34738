/** Tests of the mutants' own tools, and that each mutant fits the code as it is. */
@NullMarked
package io.hormesis.mutation;

import org.jspecify.annotations.NullMarked;
