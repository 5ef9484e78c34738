package io.hormesis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The files of a new application: a contract and a worker with state, a contract and a worker
 * without, the routes, a damage, a test among faults, and what Maven needs to build them.
 *
 * @param home where the build of the platform has put what is run: the launcher is two folders
 *     above
 */
record ApplicationTemplate(ApplicationName name, Path home) {

  /** Writes all files into an empty folder. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, filled(file.getValue()));
    }
  }

  /** Where each file goes, and which of the template it is. */
  private Map<String, String> files() {
    String main = "src/main/java/%s/".formatted(name.javaPackage());
    String test = "src/test/java/%s/".formatted(name.javaPackage());
    String services = "src/main/resources/META-INF/services/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put("README.md", "README.md");
    files.put(".gitignore", "gitignore");
    files.put(".mvn/maven.config", "maven.config");
    files.put(services + "io.hormesis.process.Application$Source", "source.service");
    files.put(main + name.javaClass() + ".java", "Source.java");
    files.put(main + "Tickets.java", "Tickets.java");
    files.put(main + "BoxOffice.java", "BoxOffice.java");
    files.put(main + "Prices.java", "Prices.java");
    files.put(main + "PriceList.java", "PriceList.java");
    files.put(test + name.javaClass() + "Test.java", "Test.java");
    return files;
  }

  private String filled(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ApplicationTemplate.class.getResourceAsStream("/template/" + file))) {
      return new String(in.readAllBytes(), UTF_8)
          .replace("{{name}}", name.text())
          .replace("{{package}}", name.javaPackage())
          .replace("{{class}}", name.javaClass())
          .replace("{{repository}}", home.resolve("repository").toUri().toString())
          .replace("{{launcher}}", ShellWord.quoted(home.resolve("../../hormesis").normalize()));
    }
  }
}
