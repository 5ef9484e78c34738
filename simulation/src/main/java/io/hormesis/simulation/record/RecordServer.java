package io.hormesis.simulation.record;

import io.hormesis.simulation.Life;
import io.hormesis.simulation.Machine;

/** A server of the world. */
final class RecordServer extends Machine<Running> {
  private final RecordWorld world;

  RecordServer(RecordWorld world, String name) {
    super(world.seed(), name, world.time(), world.log());
    this.world = world;
  }

  @Override
  protected Running begin(Life begun) {
    return new Running(world, this, begun);
  }

  @Override
  protected void gaveUp() {
    world.crash(name(), true, RecordWorld.RESTART);
  }

  @Override
  protected void refused(RuntimeException why) {
    world.books().violated("%s does not start: %s".formatted(name(), why));
  }
}
