package io.hormesis.keeper;

import io.hormesis.server.ServerState;
import io.hormesis.storage.InFlightRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A keeper in a process of its own, so that it can be killed. Prints the process ids it starts. */
final class KeeperProgram {
  private KeeperProgram() {}

  public static void main(String... arguments) throws Exception {
    KeeperListener printing =
        new KeeperListener() {
          @Override
          public void started(String server, long pid) {}

          @Override
          public void ended(String server, long pid, int status, boolean expected) {}

          @Override
          public void endedWhileRunning(String server, List<InFlightRequest> requests) {}

          @Override
          public void state(String server, ServerState state, String reason) {
            System.out.println(server + " " + state.word());
          }

          @Override
          public void waits(String server, String reason) {}

          @Override
          public void givenUp(String server, String reason) {}
        };
    Keeper keeper = Keeper.start(Town.plan(Path.of(arguments[0]), 2, List.of()), printing);
    Runtime.getRuntime().addShutdownHook(new Thread(keeper::close));
    boolean _ = new CountDownLatch(1).await(120, TimeUnit.SECONDS);
  }
}
