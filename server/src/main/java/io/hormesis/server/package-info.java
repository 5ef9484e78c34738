/** What one server is made of: the one place where the parts are put together, over five ports. */
@NullMarked
package io.hormesis.server;

import org.jspecify.annotations.NullMarked;
