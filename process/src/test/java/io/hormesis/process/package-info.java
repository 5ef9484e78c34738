/** What an author may write, and what is refused: by the compiler, and when a server starts. */
@NullMarked
package io.hormesis.process;

import org.jspecify.annotations.NullMarked;
