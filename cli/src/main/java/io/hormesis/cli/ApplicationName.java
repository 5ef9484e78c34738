package io.hormesis.cli;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * The name of a new application, such as {@code town-library}, and what Java calls its parts.
 *
 * @param text 1 to 40 lower-case letters, digits and dashes, a letter first; no word of Java's own
 */
record ApplicationName(String text) {
  private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /** Classes of this package are the JDK's alone. */
  private static final String JDK = "java";

  ApplicationName {
    if (!RULE.matcher(text).matches()) {
      throw new UsageException(
          "name of an application must be 1 to 40 lower-case letters, digits and dashes, a letter first, but was \"%s\": give another with --name"
              .formatted(text.replaceAll("\\p{Cntrl}", "?")));
    }
    if (SourceVersion.isKeyword(packageOf(text)) || packageOf(text).equals(JDK)) {
      throw new UsageException(
          "name of an application must be no word of Java's own, for a package is called by it, but was \"%s\": give another with --name"
              .formatted(text));
    }
  }

  /** Such as {@code townlibrary}. */
  String javaPackage() {
    return packageOf(text);
  }

  /** Such as {@code TownLibraryApplication}. */
  String javaClass() {
    return Arrays.stream(text.split("-", -1))
            .filter(it -> !it.isEmpty())
            .map(it -> Character.toUpperCase(it.charAt(0)) + it.substring(1))
            .collect(Collectors.joining())
        + "Application";
  }

  private static String packageOf(String text) {
    return text.replace("-", "");
  }
}
