/**
 * The case study: citizens file tax returns with an e-government platform.
 *
 * <p>Four processes of four owners. The tax desk stands on nobody for its own promise: it asks the
 * registry, and does without when nobody answers; it tells archive and inbox by notices, which wait
 * as long as those two are away.
 */
@NullMarked
package io.hormesis.examples.egovernment;

import org.jspecify.annotations.NullMarked;
