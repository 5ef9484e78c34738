package io.hormesis.examples.egovernment;

import io.hormesis.examples.egovernment.Archive.ListDocuments;
import io.hormesis.examples.egovernment.Inbox.ReadInbox;
import io.hormesis.examples.egovernment.TaxReturns.File;
import io.hormesis.examples.egovernment.TaxReturns.Show;
import io.hormesis.process.History;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must never happen to an accepted return, told from what citizens were told. Each citizen's
 * archive and inbox is asked for once in a check, however many returns the citizen has.
 */
final class Books {
  private Books() {}

  /** Accepted returns that the tax desk does not show as they were accepted. */
  static List<String> forgotten(History history) {
    return accepted(history)
        .flatMap(it -> {
          Optional<TaxReturn> shown = history.ask(new Show(it.citizen(), it.year()));
          return shown.equals(Optional.of(it))
              ? Stream.empty()
              : Stream.of("%s was accepted, but the tax desk shows %s".formatted(it, shown));
        })
        .toList();
  }

  /** Citizens and years for which more than one return was accepted. */
  static List<String> several(History history) {
    Map<String, List<String>> receipts =
        accepted(history)
            .collect(
                Collectors.groupingBy(
                    it -> "%d of citizen %s".formatted(it.year(), it.citizen()),
                    LinkedHashMap::new,
                    Collectors.mapping(TaxReturn::receipt, Collectors.toList())));
    return receipts.entrySet().stream()
        .filter(it -> it.getValue().stream().distinct().count() > 1)
        .map(it -> "returns %s were accepted for %s".formatted(it.getValue(), it.getKey()))
        .toList();
  }

  /** Accepted returns that the archive does not have. */
  static List<String> missing(History history) {
    return copies(history, Books::documents)
        .filter(it -> it.times() == 0)
        .map(it ->
            "return %s of citizen %s is not in the archive".formatted(it.receipt(), it.citizen()))
        .toList();
  }

  /**
   * Years for which the archive has more than one document of a citizen with an accepted return,
   * under the same receipt or under several.
   */
  static List<String> doubled(History history) {
    return accepted(history)
        .map(TaxReturn::citizen)
        .distinct()
        .flatMap(citizen ->
            byYear(history.ask(new ListDocuments(citizen))).entrySet().stream()
                .filter(it -> it.getValue().size() > 1)
                .map(it ->
                    "the archive has documents %s for %d of citizen %s"
                        .formatted(it.getValue(), it.getKey(), citizen)))
        .toList();
  }

  /** Accepted returns that the citizen's inbox does not confirm exactly once. */
  static List<String> unconfirmed(History history) {
    return copies(history, Books::letters)
        .filter(it -> it.times() != 1)
        .map(it ->
            "return %s of citizen %s has %d messages in the inbox, not one"
                .formatted(it.receipt(), it.citizen(), it.times()))
        .toList();
  }

  /** One accepted return, and how often it was found. */
  private record Copies(String citizen, String receipt, int times) {}

  /** How a place knows of a citizen's returns: one receipt for each time that it was told. */
  private interface Receipts {
    List<String> of(String citizen, History history);
  }

  private static Stream<Copies> copies(History history, Receipts place) {
    Map<String, List<String>> accepted =
        accepted(history)
            .collect(
                Collectors.groupingBy(
                    TaxReturn::citizen,
                    LinkedHashMap::new,
                    Collectors.mapping(TaxReturn::receipt, Collectors.toList())));
    return accepted.entrySet().stream()
        .flatMap(it -> {
          List<String> there = place.of(it.getKey(), history);
          return it.getValue().stream()
              .map(receipt ->
                  new Copies(it.getKey(), receipt, Collections.frequency(there, receipt)));
        });
  }

  private static List<String> documents(String citizen, History history) {
    return receipts(
        history.ask(new ListDocuments(citizen)).documents(), Documents.Document::receipt);
  }

  private static Map<Integer, List<String>> byYear(Documents kept) {
    return kept.documents().stream()
        .collect(
            Collectors.groupingBy(
                Documents.Document::year,
                LinkedHashMap::new,
                Collectors.mapping(Documents.Document::receipt, Collectors.toList())));
  }

  private static List<String> letters(String citizen, History history) {
    return receipts(history.ask(new ReadInbox(citizen)).messages(), Letter::receipt);
  }

  private static <T> List<String> receipts(List<T> things, Function<T, String> receipt) {
    return things.stream().map(receipt).toList();
  }

  /** What citizens were told; a citizen who asked again under the same key was told again. */
  private static Stream<TaxReturn> accepted(History history) {
    return history.acknowledged(File.class).stream().map(it -> it.reply()).distinct();
  }
}
