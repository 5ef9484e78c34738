package io.hormesis.cluster;

/** A frame as Pekko sees it: bytes, and nothing that it could take for a class. */
record CarriedFrame(byte[] bytes) {}
