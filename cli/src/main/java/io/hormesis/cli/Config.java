package io.hormesis.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;

/** Shows each setting and where it came from. */
@Command(
    name = "config",
    description = {
      "Shows each setting, its value and where it came from. Set one in hormesis.properties",
      "(key = value), in the environment (HORMESIS_KEY), or by the option of the same name."
    },
    mixinStandardHelpOptions = true)
final class Config implements Runnable {
  @Override
  public void run() {
    System.out.printf("%-18s %-12s %s%n", "setting", "value", "from");
    for (Settings.Value value : Settings.read(Path.of(""), System.getenv()).all()) {
      System.out.printf("%-18s %-12s %s%n", value.key(), value.value(), value.source());
    }
  }
}
