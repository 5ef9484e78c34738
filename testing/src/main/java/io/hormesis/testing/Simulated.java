package io.hormesis.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each of many seeds, with a fresh {@link Lab} as its parameter.
 *
 * <pre>{@code
 * @Simulated(seeds = 200)
 * void citizensCanStillFileWhenTheArchiveIsLost(Lab lab) { … }
 * }</pre>
 *
 * <p>A seed decides in which order things happen, which messages are late, lost or doubled, and all
 * else that chance decides in a system; the same seed always goes the same way. Each seed is a test
 * of its own, with a test instance of its own and a name such as {@code seed 17}, so it can be run
 * again alone from an IDE. After the first seed that fails, no more are run: its message says what
 * to write to replay it.
 *
 * <p>A seed that fails is run twice. Where the second run goes another way, the failure says that
 * the test is not deterministic, and where both part. Statics are a common cause: the test has
 * bound the application's classes already, so all seeds of it share them, and what one run leaves
 * there is what the next one finds. ({@code ./hormesis simulate} gives each run classes of its
 * own.) The second run calls the constructor, {@code @BeforeEach}, the test and {@code @AfterEach}
 * of the class; of other extensions, it has what they give as parameters.
 *
 * <p>When the method has returned, faults are ended, and the system must become whole again, with
 * all members equal and none of the application's damages. A test whose faults were never met
 * fails: it has tested nothing.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SimulatedExtension.class)
public @interface Simulated {

  /** How many seeds: 1 or more. */
  int seeds() default 20;

  /** The first seed; the others follow it. */
  long from() default 1;

  /**
   * Only these seeds, to replay them, whatever {@link #seeds} and {@link #from} say; the property
   * {@code hormesis.seed} does the same without a change of code.
   */
  long[] seed() default {};
}
