import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Counts the tests of all modules from their reports, and says why any was skipped. */
final class TestTally {
  private int passed;
  private int failed;
  private int skipped;

  public static void main(String... arguments) throws Exception {
    TestTally tally = new TestTally();
    for (Path report : reports(Path.of(arguments[0]))) {
      tally.add(report.toFile());
    }
    System.out.printf("%n%d passed, %d failed, %d skipped%n", tally.passed, tally.failed, tally.skipped);
    System.exit(tally.failed > 0 || tally.passed == 0 ? 1 : 0);
  }

  private static List<Path> reports(Path root) throws Exception {
    try (Stream<Path> all = Files.walk(root, 6)) {
      return all.filter(it -> it.getFileName().toString().matches("TEST-.*\\.xml"))
          .filter(it -> it.getParent().endsWith("target/surefire-reports"))
          .sorted()
          .toList();
    }
  }

  private void add(File report) throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report).getDocumentElement();
    NodeList cases = suite.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      count((Element) cases.item(i));
    }
  }

  private void count(Element test) {
    String name = test.getAttribute("classname") + "." + test.getAttribute("name");
    if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
      failed++;
      System.out.println("failed: " + name);
    } else if (test.getElementsByTagName("skipped").getLength() > 0) {
      skipped++;
      Element why = (Element) test.getElementsByTagName("skipped").item(0);
      System.out.println("skipped: " + name + ": " + why.getAttribute("message"));
    } else {
      passed++;
    }
  }
}
