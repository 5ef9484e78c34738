package io.hormesis.simulation.group;

import io.hormesis.simulation.Incarnation;
import io.hormesis.simulation.Machine;

/** A server of the world. */
final class GroupServer extends Machine<GroupRun> {
  private final GroupWorld world;

  GroupServer(GroupWorld world, String name) {
    super(world.seed(), name, world.time(), world.log());
    this.world = world;
  }

  @Override
  protected GroupRun begin(Incarnation begun) {
    return new GroupRun(world, this, begun);
  }

  @Override
  protected void gaveUp() {
    world.crash(name(), true, GroupWorld.RESTART);
  }

  @Override
  protected void refused(RuntimeException why) {
    world.books().violated("%s does not start: %s".formatted(name(), why));
  }
}
