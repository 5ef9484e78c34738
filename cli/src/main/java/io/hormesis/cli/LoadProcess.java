package io.hormesis.cli;

import io.hormesis.trial.LoadPhase;
import io.hormesis.trial.PhaseResult;
import io.hormesis.trial.ReadBackResult;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/**
 * The load generator of a bench: a process of its own, which is told what to send and tells what
 * came of it. Ends with this program.
 */
final class LoadProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int END_WITHIN_SECONDS = 10;

  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader words;

  private LoadProcess(Process process) {
    this.process = process;
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
    this.words = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts one for the example's load on these edges. */
  static LoadProcess start(List<String> edges, long run) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms512m",
            "-Xmx1g",
            "-Xmn300m",
            "-Xlog:disable",
            "-Xlog:all=off",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dhormesis.home=" + System.getProperty("hormesis.home", "target/hormesis"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "generate",
            "--run",
            Long.toString(run),
            "--edges",
            String.join(",", edges)));
    return new LoadProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /**
   * Sends phases one after the other, without a pause between them.
   *
   * @param began told the name of each when it begins
   */
  List<PhaseResult> send(List<LoadPhase> phases, Consumer<String> began) throws IOException {
    return List.of(
        JSON.readValue(told(new GenerateCommand.Order(phases, 0), began), PhaseResult[].class));
  }

  /** Reads so many acknowledged writes back. */
  ReadBackResult readBack(int most) throws IOException {
    return JSON.readValue(
        told(new GenerateCommand.Order(List.of(), most), _ -> {}), ReadBackResult.class);
  }

  private String told(GenerateCommand.Order order, Consumer<String> began) throws IOException {
    orders.write(JSON.writeValueAsString(order));
    orders.newLine();
    orders.flush();
    for (String line = words.readLine(); line != null; line = words.readLine()) {
      if (!line.startsWith(GenerateCommand.BEGAN)) {
        return line;
      }
      began.accept(line.substring(GenerateCommand.BEGAN.length()));
    }
    throw new IOException("the load generator must answer, but has ended: see above");
  }

  @Override
  public void close() {
    try {
      orders.close();
      if (process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException gone) {
      // It has ended, or is ended below.
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
