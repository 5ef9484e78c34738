package io.hormesis.engine.port;

/**
 * Unwinds a task whose server has died: a port throws it into whatever was still running there. It
 * is nobody's to handle, for nobody is left.
 */
public final class ServerDied extends Error {

  private static final long serialVersionUID = 1L;

  public ServerDied(String server) {
    super("server " + server + " died here", null, false, false);
  }
}
