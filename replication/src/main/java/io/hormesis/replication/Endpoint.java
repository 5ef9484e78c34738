package io.hormesis.replication;

import io.microraft.RaftEndpoint;
import java.util.random.RandomGenerator;

/**
 * The name of a member: server and incarnation, {@code a1#6f0c…}. An empty store makes a new one; a
 * name that may have voted is never used by a store that does not know the vote.
 */
record Endpoint(String name) implements RaftEndpoint {

  Endpoint {
    if (name.length() > 200 || name.indexOf('#') < 1 || name.endsWith("#")) {
      throw new IllegalArgumentException(
          "member '%s': must be server#incarnation, 200 characters at most".formatted(name));
    }
  }

  static Endpoint draw(String server, RandomGenerator random) {
    return new Endpoint("%s#%016x".formatted(server, random.nextLong()));
  }

  String server() {
    return name.substring(0, name.lastIndexOf('#'));
  }

  @Override
  public Object getId() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
