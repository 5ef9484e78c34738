package io.hormesis.cluster;

/** Who wants to know what the link sees of other servers. Called on the event loop. */
interface LinkListener {
  /** A connection to an incarnation of a server stands. */
  void connected(String server, long incarnation);

  /** Evidence that the process of an incarnation ended; a new connection to it takes that back. */
  void ended(String server, long incarnation);
}
