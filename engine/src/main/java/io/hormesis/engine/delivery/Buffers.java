package io.hormesis.engine.delivery;

import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/**
 * The working memory that both codecs use again and again.
 *
 * <p>A message is often read and written on a virtual thread of its own, where memory of the thread
 * would be new each time; and the library's own shared pool makes an object for each buffer that
 * comes back, and the collector a long chain of them.
 */
final class Buffers {
  private static final int MOST_KEPT = 64;

  static final RecyclerPool<BufferRecycler> POOL = JsonRecyclerPools.newBoundedPool(MOST_KEPT);

  private Buffers() {}
}
