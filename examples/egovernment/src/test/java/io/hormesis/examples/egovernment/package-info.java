/** The workers as plain functions, and the application's shape. */
@NullMarked
package io.hormesis.examples.egovernment;

import org.jspecify.annotations.NullMarked;
