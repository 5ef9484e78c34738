package io.hormesis.cli;

import io.hormesis.simulation.system.ReplaySubset;
import io.hormesis.simulation.system.ReplaySubset.Requests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** The command that replays a seed, or a part of one. */
record ReplayCommand(Optional<Path> application, Duration time, int load) {

  String of(long seed, ReplaySubset subset) {
    return "./hormesis simulate%s --seed %d --for %s --load %d%s%s%s"
        .formatted(
            application.map(it -> " " + ShellWord.quoted(it)).orElse(""),
            seed,
            Durations.text(time),
            load,
            subset.faults().map(it -> " --faults " + text(it)).orElse(""),
            subset.requests().map(it -> " --requests " + text(it)).orElse(""),
            subset.until().map(it -> " --until " + Durations.text(it)).orElse(""));
  }

  private static String text(SortedSet<Integer> faults) {
    return faults.isEmpty()
        ? ExcerptOptions.NONE
        : faults.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String text(Requests requests) {
    return requests.count() == 0
        ? ExcerptOptions.NONE
        : "%d-%d".formatted(requests.first(), requests.last());
  }
}
