package io.hormesis.mutation;

import java.util.List;
import java.util.SortedMap;

/**
 * Runs seeds inside the class loader of a {@link Mutant}. It and what it calls exist once for each
 * mutant, so types of the JDK alone go in and out.
 */
@FunctionalInterface
public interface SeedRunner {

  /** The sentences about broken promises of each seed of a row, none for a seed that kept all. */
  SortedMap<Long, List<String>> violations(long first, int count) throws InterruptedException;
}
