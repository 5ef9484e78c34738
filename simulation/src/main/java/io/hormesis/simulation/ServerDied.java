package io.hormesis.simulation;

/** Unwinds what was running in a server when it died. Nobody is left to handle it. */
public final class ServerDied extends Error {

  private static final long serialVersionUID = 1L;

  ServerDied(String server) {
    super("server " + server + " died here", null, false, false);
  }
}
