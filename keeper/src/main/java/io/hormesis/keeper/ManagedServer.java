package io.hormesis.keeper;

import io.hormesis.server.ServerAddress;
import io.hormesis.server.ServerState;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One server and what its keeper knows of it. Only the keeper's thread touches it. */
final class ManagedServer {
  final ServerAddress address;
  final RestartPolicy policy;

  /** Its process; empty while there is none. */
  Optional<Child> child = Optional.empty();

  /** Why its process said that it cannot start; empty when it said nothing. */
  Optional<String> hopeless = Optional.empty();

  /** How its last process ended, for people; empty before the first end. */
  String lastEnd = "";

  private int incarnations;
  private ServerState state = ServerState.DEAD;
  private String reason = "not started yet";

  ManagedServer(ServerAddress address, RandomGenerator random) {
    this.address = address;
    this.policy = new RestartPolicy(random);
  }

  String name() {
    return address.name();
  }

  /** Its next process runs. */
  void started(Child process) {
    child = Optional.of(process);
    hopeless = Optional.empty();
    incarnations++;
    became(ServerState.STARTING, "");
  }

  void became(ServerState newState, String newReason) {
    state = newState;
    reason = newReason;
  }

  ServerProcess process() {
    return new ServerProcess(name(), child.map(Child::pid).orElse(0L), incarnations, state, reason);
  }
}
