package io.hormesis.simulation.generate;

import java.util.random.RandomGenerator;

/**
 * An author's help: draws the values of one type that cannot be guessed, such as a number with a
 * check digit. It comes in the application's own jar and is found by {@link
 * java.util.ServiceLoader}, or is given as an argument.
 *
 * <p>Stateless. A value should often be one of few, so that those who draw one meet.
 *
 * @param <T> a record, or another type of plain data; every value of that type is drawn here
 */
public interface Generator<T> {

  /** The type whose values it draws. */
  Class<T> type();

  /** Draws a value; the same for the same random numbers. */
  T draw(RandomGenerator random);
}
