package io.hormesis.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON. */
public final class ReportFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportFile() {}

  /** The report as JSON text. */
  public static String json(Report report) {
    return JSON.writeValueAsString(report);
  }

  /** Writes the report, over an older one if there is one. */
  public static void write(Path file, Report report) throws IOException {
    Files.writeString(file, json(report) + System.lineSeparator());
  }
}
