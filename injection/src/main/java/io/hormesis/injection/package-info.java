/**
 * What can be made to go wrong, as data: a fault says what happens to whom, how much and for how
 * long. Who makes it, in virtual time or on real servers, is another matter.
 *
 * <p>Paper: §4, induced failures.
 */
@NullMarked
package io.hormesis.injection;

import org.jspecify.annotations.NullMarked;
