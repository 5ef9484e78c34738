package io.hormesis.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is told to somebody whose command line cannot be understood. */
final class Usage {
  /** How picocli begins to say that its help knows no such command. */
  private static final String UNKNOWN_HELP = "Unknown subcommand '";

  private Usage() {}

  /** The thing, the rule, the actual value and the next step, in one sentence. */
  static String explained(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(command, unmatched.getUnmatched().getFirst());
    }
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith(UNKNOWN_HELP)) {
      return unknown("command", failure.getValue(), commands(command), "");
    }
    return "%s; see ./hormesis help%s".formatted(message, suffix(command));
  }

  private static String unmatched(CommandLine command, String word) {
    if (word.startsWith("-")) {
      return unknown("option", word, options(command), suffix(command));
    }
    List<String> commands = commands(command);
    if (!commands.isEmpty()) {
      return unknown("command", word, commands, "");
    }
    return "%s must have fewer arguments, but \"%s\" came besides: leave it out, or see ./hormesis help%s"
        .formatted(command.getCommandName(), word, suffix(command));
  }

  private static String unknown(String kind, String word, List<String> known, String suffix) {
    return "%s \"%s\" must be one of %s, but is not: did you mean \"%s\"? See ./hormesis help%s"
        .formatted(kind, word, String.join(", ", known), Nearest.of(word, known), suffix);
  }

  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet().stream()
        .filter(it -> it.startsWith("--"))
        .sorted()
        .toList();
  }

  private static List<String> commands(CommandLine command) {
    return command.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(it -> !it.usageMessage().hidden())
        .map(it -> it.name())
        .collect(Collectors.toCollection(java.util.TreeSet::new))
        .stream()
        .toList();
  }

  private static String suffix(CommandLine command) {
    return command.getParent() == null ? "" : " " + command.getCommandName();
  }
}
