/** The load that goes with the e-government application, seen from outside: HTTP only. */
@NullMarked
package io.hormesis.examples.egovernment.load;

import org.jspecify.annotations.NullMarked;
