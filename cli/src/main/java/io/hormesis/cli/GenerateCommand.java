package io.hormesis.cli;

import io.hormesis.trial.LoadPhase;
import io.hormesis.trial.OpenLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/**
 * A load generator that is a process of its own: reads orders from standard input, a line of JSON
 * each, does them, and writes what came of them to standard output. Ends with its input.
 */
@Command(name = "generate", hidden = true, description = "Sends the load of a bench.")
final class GenerateCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Option(names = "--app", paramLabel = "APP", description = "The application whose load it is.")
  Optional<Path> app = Optional.empty();

  @Option(names = "--edges", split = ",", required = true, description = "Base addresses of edges.")
  List<URI> edges = List.of();

  @Option(names = "--run", required = true, description = "The number of this run.")
  long run;

  /**
   * What is to be done.
   *
   * @param phases sent one after the other; when there are none, writes are read back
   * @param readBack how many of them at most
   */
  record Order(List<LoadPhase> phases, int readBack) {}

  /** Begins the line that tells that a phase begins. */
  static final String BEGAN = "began ";

  @Override
  public Integer call() throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (OpenLoop loop =
        new OpenLoop(edges, ApplicationJars.given(app).workload().orElseThrow(), run)) {
      for (String line = orders.readLine(); line != null; line = orders.readLine()) {
        Order order = JSON.readValue(line, Order.class);
        Object result =
            order.phases().isEmpty()
                ? loop.readBack(order.readBack())
                : loop.send(order.phases(), phase -> out.println(BEGAN + phase.name()));
        out.println(JSON.writeValueAsString(result));
      }
    }
    return ExitStatus.DONE;
  }
}
