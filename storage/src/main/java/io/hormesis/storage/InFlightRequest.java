package io.hormesis.storage;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A request that a worker was running when its server's process ended.
 *
 * @param process the process that it was for
 * @param message the type of its message, such as {@code TaxReturns.File}
 * @param trace its trace id
 * @param requestId its request id
 * @param startedMillis when its worker began, by the wall clock of its server
 */
public record InFlightRequest(
    String process, String message, String trace, String requestId, long startedMillis) {
  private static final String BETWEEN = "\n";
  private static final int SHOWN = 3;

  /** The request as a person reads it: {@code tax-desk TaxReturns.File (trace 4bf9…)}. */
  public String shown() {
    return "%s %s (trace %s)".formatted(process, message, trace);
  }

  /** Some requests as a person reads them: the first three, and how many more. */
  public static String shown(List<InFlightRequest> requests) {
    String first =
        requests.stream()
            .limit(SHOWN)
            .map(InFlightRequest::shown)
            .collect(Collectors.joining(", "));
    int more = requests.size() - SHOWN;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** Its texts as the file holds them; the one that a caller chooses comes last, and may be cut. */
  String text() {
    return process + BETWEEN + message + BETWEEN + trace + BETWEEN + requestId;
  }

  static InFlightRequest parse(long startedMillis, String text) {
    List<String> parts = List.of(text.split(BETWEEN, 4));
    return new InFlightRequest(
        part(parts, 0), part(parts, 1), part(parts, 2), part(parts, 3), startedMillis);
  }

  private static String part(List<String> parts, int number) {
    return number < parts.size() ? parts.get(number) : "";
  }
}
