package io.hormesis.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ReportFileTest {
  private static final Report REPORT =
      new Report(
          Verdict.HELD,
          42,
          60.0,
          new Report.Requests(6_000, 5_990, 9, 1, 0, 1),
          310,
          new Report.Latency(2.5, 20, 120.25, 320),
          new Report.Writes(2_700, 0, 0, 1),
          List.of(
              new Report.Fault(
                  1_500,
                  "kill",
                  "a1",
                  true,
                  OptionalLong.of(40),
                  OptionalLong.of(300),
                  OptionalLong.empty())));

  /** The published format, letter by letter. */
  private static final String EXPECTED =
      """
      {"verdict":"held","seed":42,"seconds":60.0,
       "requests":{"sent":6000,"replied":5990,"defaultReplies":9,"refused":1,"unknown":0,"failed":1},
       "longestGapMillis":310,
       "latencyMillis":{"p50":2.5,"p99":20.0,"p999":120.25,"max":320.0},
       "writes":{"acknowledged":2700,"lost":0,"doubled":0,"unknown":1},
       "faults":[{"at":1500,"kind":"kill","target":"a1","met":true,
         "detectedMillis":40,"reroutedMillis":300,"repairedMillis":null}]}
      """;

  @Test
  void aReportIsWrittenInThePublishedFormat(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("report.json");
    ReportFile.write(file, REPORT);
    var json = new JsonMapper();
    assertThat(json.readTree(Files.readString(file))).isEqualTo(json.readTree(EXPECTED));
    assertThat(json.readTree(Files.readString(file)).propertyNames())
        .containsExactlyElementsOf(json.readTree(EXPECTED).propertyNames());
  }

  @Test
  void aResultIsAShortTableForPeople() {
    var result =
        new TrialResult(
            REPORT,
            List.of("a reason"),
            List.of("lost: receipt r5"),
            List.of("GET /desk/1 at 3 ms: 503"),
            new Report.Latency(2, 19, 120, 319),
            List.of(
                new TrialResult.Away(
                    1_500, "a1", "desk/1", OptionalLong.of(240), OptionalLong.of(300)),
                new TrialResult.Away(
                    1_500, "a1", "guide", OptionalLong.of(3), OptionalLong.empty())),
            Map.of("desk/1", 310L, "desk/2", 20L));
    assertThat(ReportTable.lines(result))
        .containsExactly(
            "requests     6000 sent, 5990 replied, 9 default replies, 1 refused, 0 unknown,"
                + " 1 failed (0.017 %)",
            "latency      p50 2.5 ms, p99 20.0 ms, p99.9 120.3 ms, max 320.0 ms",
            "             p50 2.0 ms, p99 19.0 ms, p99.9 120.0 ms, max 319.0 ms (from the actual send)",
            "writes       2700 acknowledged, 0 lost, 0 doubled, 1 unknown",
            "longest gap  310 ms (desk/1)",
            "kill a1      at 1.5 s: seen after 40 ms, rerouted after 300 ms, whole again after never",
            "             desk/1 replied after 240 ms, first write after 300 ms",
            "             guide replied after 3 ms",
            "failed       GET /desk/1 at 3 ms: 503",
            "finding      lost: receipt r5",
            "because      a reason",
            "verdict      held (seed 42, 60.0 s)");
  }
}
