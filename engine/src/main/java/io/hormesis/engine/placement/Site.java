package io.hormesis.engine.placement;

/** A server, as placement sees it: its name, and what it would be lost together with. */
public record Site(String server, String region) {}
