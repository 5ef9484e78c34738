package io.hormesis.cli;

import io.hormesis.keeper.DataFolder;
import io.hormesis.keeper.SystemRecord;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.HttpStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Tells what runs where, in what state, owned by whom. */
@Command(
    name = "status",
    description = "Tells what runs where, in what state, owned by whom.",
    mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {
  /** How a table is printed. */
  enum Form {
    TABLE,
    JSON
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--data", paramLabel = "DIR", description = "Data folder of the system.")
  Optional<Path> data = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "table or json.")
  Form form = Form.TABLE;

  @Override
  public Integer call() throws InterruptedException {
    Path folder = data.orElseGet(Status::only);
    SystemRecord record =
        DataFolder.read(folder)
            .orElseThrow(() ->
                new UsageException(
                    "data folder %s must hold a system, but holds none: start one with ./hormesis up, or name its folder with --data DIR"
                        .formatted(folder)));
    SystemStatus status = asked(folder, record);
    if (form == Form.JSON) {
      out()
          .println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(status));
    } else {
      print(status);
    }
    return ExitStatus.DONE;
  }

  private static SystemStatus asked(Path folder, SystemRecord record) throws InterruptedException {
    List<String> ports = record.servers().stream().map(ServerAddress::managementUrl).toList();
    try (HttpStatus source = new HttpStatus(ports)) {
      for (int tries = 0; tries < ports.size(); tries++) {
        // Another system may have taken the ports since.
        Optional<SystemStatus> status =
            source.status().filter(it -> it.system().equals(record.system()));
        if (status.isPresent()) {
          return status.get();
        }
      }
    }
    throw new UsageException(
        "a server of the system in %s must answer, but none does: start it with ./hormesis up"
            .formatted(folder));
  }

  /** The one system below the usual data folder. */
  private static Path only() {
    Path usual = Settings.of(Settings.usualSources()).dataFolder("");
    if (Files.isDirectory(usual)) {
      try (Stream<Path> folders = Files.list(usual)) {
        List<Path> systems =
            folders.filter(it -> DataFolder.read(it).isPresent()).sorted().toList();
        if (systems.size() == 1) {
          return systems.getFirst();
        }
        if (systems.size() > 1) {
          throw new UsageException(
              "one system must be meant, but there are %s: name one with --data DIR"
                  .formatted(systems));
        }
      } catch (IOException unreadable) {
        throw new UsageException("%s cannot be read: %s".formatted(usual, unreadable.getMessage()));
      }
    }
    throw new UsageException(
        "a system must have been started here, but %s holds none: start one with ./hormesis up, or name its folder with --data DIR"
            .formatted(usual));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void print(SystemStatus status) {
    PrintWriter out = out();
    out.printf("%s is %s%n%n", status.application(), status.state());
    out.printf(
        "%-8s %-7s %-8s %-10s %-24s %s%n", "SERVER", "REGION", "PID", "STATE", "EDGE", "HOSTS");
    for (SystemStatus.ServerStatus server : status.servers()) {
      out.printf(
          "%-8s %-7s %-8d %-10s %-24s %s%n",
          server.name(),
          server.region(),
          server.pid(),
          server.state(),
          server.edge(),
          String.join(" ", server.hosts()));
      if (!server.reason().isEmpty()) {
        out.printf("         %s%n", server.reason());
      }
    }
    out.printf("%n%-16s %-18s %-10s %-9s %s%n", "PROCESS", "OWNER", "KIND", "STATE", "HEALTHY");
    for (SystemStatus.ProcessStatus process : status.processes()) {
      out.printf(
          "%-16s %-18s %-10s %-9s %d of %d%n",
          process.name(),
          process.owner(),
          process.kind(),
          process.state(),
          process.healthy(),
          process.instances());
    }
    out.printf("%n%-16s %-7s %-12s %s%n", "PARTITION", "LEADER", "MEMBERS", "IN SYNC");
    for (SystemStatus.PartitionStatus partition : status.partitions()) {
      out.printf(
          "%-16s %-7s %-12s %d%n",
          partition.process() + "/" + partition.id(),
          partition.leader().isEmpty() ? "-" : partition.leader(),
          String.join(" ", partition.members()),
          partition.inSync());
    }
  }
}
