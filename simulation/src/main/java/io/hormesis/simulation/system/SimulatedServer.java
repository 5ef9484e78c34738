package io.hormesis.simulation.system;

import io.hormesis.edge.EdgeReply;
import io.hormesis.edge.EdgeRequest;
import io.hormesis.edge.Front;
import io.hormesis.server.Server;
import io.hormesis.server.ServerPorts;
import io.hormesis.simulation.Dice;
import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.Machine;
import io.hormesis.simulation.Origin;
import io.hormesis.simulation.SimulatedStrands;
import io.hormesis.simulation.SimulatedWorkers;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** A server of the world. */
final class SimulatedServer extends Machine<SimulatedServer.Running> {

  /** One life: the server itself and what a caller meets of it. */
  record Running(
      Incarnation life,
      Server server,
      Front front,
      SimulatedStrands strands,
      SimulatedWorkers workers) {

    /** Takes a frame of another server. */
    void receive(byte[] frame) {
      strands
          .processor()
          .ifPresentOrElse(
              it -> it.link().execute(it.times().frameIn(), () -> server.receive(frame)),
              () -> server.receive(frame));
    }

    /**
     * Answers a call.
     *
     * @param taken told when its front has taken the call
     */
    CompletableFuture<EdgeReply> answer(EdgeRequest request, URI edge, Runnable taken) {
      if (strands.processor().isPresent()) {
        return new SimulatedDoors(front, strands.processor().get()).answer(request, edge, taken);
      }
      CompletableFuture<EdgeReply> reply = front.answer(request, edge);
      taken.run();
      return reply;
    }
  }

  private final SystemWorld world;
  private final int number;
  private boolean wasReady;

  SimulatedServer(SystemWorld world, String name, int number) {
    super(world.seed(), name, world.time(), world.log());
    this.world = world;
    this.number = number;
  }

  /** The process id of its present or last life. */
  long pid() {
    return number * 1_000_000L + lives();
  }

  /** Whether it was ready in one of its lives, so that a majority of each of its groups is born. */
  boolean wasReady() {
    return wasReady;
  }

  void becameReady() {
    wasReady = true;
  }

  @Override
  protected void ended(Running dead) {
    dead.workers().end();
  }

  @Override
  protected void gaveUp() {
    world.crash(name(), true, SystemWorld.RESTART);
  }

  @Override
  protected void refused(RuntimeException why) {
    world.violated("start", "%s does not start: %s".formatted(name(), Origin.of(why)));
  }

  @Override
  protected Running begin(Incarnation begun) {
    Running running = build(begun);
    world.started(this, begun);
    return running;
  }

  private Running build(Incarnation begun) {
    String stream = stream(begun);
    SimulatedStrands strands =
        new SimulatedStrands(
            world.time(),
            clock(),
            Dice.of(world.seed(), stream + " strands"),
            begun,
            this::taskFailed,
            world.plan().times());
    SimulatedWorkers workers =
        new SimulatedWorkers(
            world.time(),
            Dice.of(world.seed(), stream + " workers"),
            begun,
            strands,
            this::taskFailed);
    ServerPorts ports = ports(begun, strands, workers);
    Server server =
        new Server(
            world.settings(name()),
            world.plan().application(),
            pid(),
            ports,
            new InvariantListener(world, strands, name(), begun));
    Front front =
        server.front(
            world.told().noting(server.asker()),
            Dice.of(world.seed(), stream + " front").generator());
    return new Running(begun, server, front, strands, workers);
  }

  private String stream(Incarnation begun) {
    return name() + " life " + begun.number();
  }

  private ServerPorts ports(Incarnation begun, SimulatedStrands strands, SimulatedWorkers workers) {
    return new ServerPorts(
        (to, _, frame) -> {
          strands.processor().ifPresent(it -> it.charge(it.times().frameOut()));
          send(begun, to, frame);
        },
        clock(),
        strands,
        workers,
        Dice.of(world.seed(), stream(begun) + " server").generator(),
        disk()
            .mount(
                begun, () -> strands.processor().ifPresent(it -> it.charge(it.times().force()))));
  }

  private void send(Incarnation from, String to, byte[] frame) {
    CRC32C checksum = new CRC32C();
    checksum.update(frame);
    world
        .network()
        .send(from, to, checksum.getValue(), new NetworkMessage(world, from.name(), to, frame));
  }

  private void taskFailed(Throwable failure) {
    world.violated("task", "a task of %s failed: %s".formatted(name(), Origin.of(failure)));
  }
}
