package io.hormesis.cli;

import io.hormesis.keeper.DataFolder;
import io.hormesis.keeper.Keeper;
import io.hormesis.keeper.KeeperListener;
import io.hormesis.keeper.KeeperPlan;
import io.hormesis.keeper.PortPlan;
import io.hormesis.keeper.SystemRecord;
import io.hormesis.server.ServerAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A system that this launcher has started: its data folder, its keeper, its servers. */
final class RunningSystem implements AutoCloseable {
  private final DataFolder folder;
  private final SystemRecord record;
  private final ApplicationJars application;
  private final SignalFeed signals;
  private final KeeperJournal journal;
  private final Readiness readiness;
  private final Runnable log;
  private final Keeper keeper;
  private final Thread hook = Thread.ofPlatform().unstarted(this::interrupted);

  private RunningSystem(
      DataFolder folder,
      SystemRecord record,
      ApplicationJars application,
      List<String> command,
      Duration stopWithin,
      boolean evidenceElects,
      KeeperListener listener) {
    this.folder = folder;
    this.record = record;
    this.application = application;
    this.signals = new SignalFeed(listener);
    this.journal = new KeeperJournal(folder.path(), signals);
    this.readiness = new Readiness(journal);
    this.log = OwnLog.keptIn(folder.path());
    // Whatever ends this program ends its servers: in order here, or by their closed input.
    Runtime.getRuntime().addShutdownHook(hook);
    this.keeper =
        Keeper.start(
            new KeeperPlan(
                record.system(),
                folder.path(),
                application.jars(),
                record.servers(),
                command,
                stopWithin,
                evidenceElects),
            readiness);
  }

  /**
   * Starts the servers of an application on a data folder, once those of a launcher that was killed
   * have ended. They run from a copy of the application that is kept there.
   *
   * @throws io.hormesis.keeper.KeeperException when folder or ports cannot be used
   */
  static RunningSystem start(
      ApplicationJars application,
      Settings settings,
      Path data,
      boolean fresh,
      List<String> command,
      Duration stopWithin,
      KeeperListener listener) {
    DataFolder folder = DataFolder.open(data);
    try {
      Leftovers.awaitEnd(data, System.err);
      if (fresh) {
        folder.empty();
      }
      SystemRecord record = record(folder, application, settings);
      PortPlan.probe(record.servers());
      folder.write(record);
      boolean evidence = Boolean.parseBoolean(settings.text(Setting.EVIDENCE_ELECTS));
      return new RunningSystem(
          folder, record, application.kept(data), command, stopWithin, evidence, listener);
    } catch (RuntimeException failure) {
      folder.close();
      throw failure;
    }
  }

  /**
   * Waits until all servers are ready, or have said why they will not be.
   *
   * @return the names of those that are not when the time is up
   * @throws UsageException when a server cannot start
   */
  List<String> awaitReady(Duration within) throws InterruptedException {
    List<String> missing = readiness.await(names(record.servers()), within);
    if (missing.isEmpty()) {
      journal.ready();
    }
    return missing;
  }

  /** How many servers are ready. */
  int ready() {
    return readiness.count();
  }

  /** What the servers run: copies of the jars that were named. */
  ApplicationJars application() {
    return application;
  }

  /** What the servers notice. */
  SignalFeed signals() {
    return signals;
  }

  List<ServerAddress> servers() {
    return record.servers();
  }

  Path data() {
    return folder.path();
  }

  boolean kill(String server) throws InterruptedException {
    return keeper.kill(server);
  }

  @Override
  public void close() {
    stop();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook has run or runs: there is nothing left to take back.
      return;
    }
    folder.close();
  }

  private void stop() {
    keeper.close();
    log.run();
    journal.close();
  }

  private void interrupted() {
    System.err.println("hormesis: stopping the servers");
    stop();
  }

  private static SystemRecord record(
      DataFolder folder, ApplicationJars application, Settings settings) {
    List<ServerAddress> planned = planned(settings);
    String name = application.application().name();
    Optional<SystemRecord> before = folder.record();
    if (before.isEmpty()) {
      return SystemRecord.of(drawnId(), name, planned);
    }
    SystemRecord record = before.get();
    if (!record.application().equals(name)) {
      throw new UsageException(
          "data folder %s must be of application %s, but is of %s: choose another with --data DIR, or start anew with --fresh"
              .formatted(folder.path(), name, record.application()));
    }
    if (!names(record.servers()).equals(names(planned))) {
      throw new UsageException(
          "data folder %s must be run by the servers %s that wrote it, but %s are asked for: give the same --regions and --servers, or start anew with --fresh"
              .formatted(folder.path(), names(record.servers()), names(planned)));
    }
    // With --port 0 the ports of the first start stay: a server keeps its address for life.
    return settings.number(Setting.PORT) == 0
        ? record
        : SystemRecord.of(record.system(), name, planned);
  }

  private static List<ServerAddress> planned(Settings settings) {
    int regions = settings.number(Setting.REGIONS);
    int servers = settings.number(Setting.SERVERS);
    int port = settings.number(Setting.PORT);
    return port == 0
        ? PortPlan.picked(regions, servers, new SplittableRandom())
        : PortPlan.of(regions, servers, port);
  }

  private static List<String> names(List<ServerAddress> servers) {
    return servers.stream().map(ServerAddress::name).toList();
  }

  private static String drawnId() {
    byte[] bytes = new byte[8];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
