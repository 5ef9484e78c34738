package io.hormesis.cli;

import io.hormesis.keeper.SystemRecord;
import io.hormesis.server.ServerAddress;
import io.hormesis.server.SystemStatus;
import io.hormesis.trial.HttpStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    SystemFolder system = SystemFolder.chosen(data);
    SystemStatus status = asked(system.path(), system.record());
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

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void print(SystemStatus status) {
    PrintWriter out = out();
    out.printf("%s is %s%n%n", status.application(), status.state().word());
    out.printf(
        "%-8s %-7s %-8s %-10s %-24s %s%n", "SERVER", "REGION", "PID", "STATE", "EDGE", "HOSTS");
    for (SystemStatus.ServerStatus server : status.servers()) {
      out.printf(
          "%-8s %-7s %-8d %-10s %-24s %s%n",
          server.name(),
          server.region(),
          server.pid(),
          server.state().word(),
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
          process.kind().word(),
          process.state().word(),
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
