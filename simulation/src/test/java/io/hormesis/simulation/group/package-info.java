/**
 * Replicated groups alone in virtual time: many seeds of faults over replication, and the mutants
 * that such seeds must find.
 */
@NullMarked
package io.hormesis.simulation.group;

import org.jspecify.annotations.NullMarked;
