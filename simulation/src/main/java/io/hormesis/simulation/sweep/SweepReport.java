package io.hormesis.simulation.sweep;

import java.util.List;

/**
 * What a sweep showed.
 *
 * @param processes those that ask others, and so were swept
 * @param messages how many drawn messages they got
 * @param combinations how many combinations were run
 * @param broken what broke a worker, the first of each kind
 * @param silent messages on which no worker ever asked anybody, as {@code process Message}
 * @param limited what was cut short, a sentence each
 */
public record SweepReport(
    List<String> processes,
    int messages,
    int combinations,
    List<Broken> broken,
    List<String> silent,
    List<String> limited) {

  public SweepReport {
    processes = List.copyOf(processes);
    broken = List.copyOf(broken);
    silent = List.copyOf(silent);
    limited = List.copyOf(limited);
  }
}
