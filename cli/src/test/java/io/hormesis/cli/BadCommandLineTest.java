package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.keeper.DataFolder;
import io.hormesis.keeper.PortPlan;
import io.hormesis.keeper.SystemRecord;
import io.hormesis.trial.Workload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody types wrongly: a clear error, status 2, and nothing is started. */
final class BadCommandLineTest {
  @TempDir Path temp;

  @Test
  void anUnknownCommandIsRefusedWithTheNearestOne() {
    refused(
        Typed.line("upp"),
        "command \"upp\" must be one of bench, config, down, help, logs, new, simulate, status, sweep, up, version, but is not: did you mean \"up\"? See ./hormesis help");
    refused(
        Typed.line("stats", "-o", "json"),
        "command \"stats\" must be one of bench, config, down, help, logs, new, simulate, status, sweep, up, version, but is not: did you mean \"status\"? See ./hormesis help");
    refused(
        Typed.line("help", "simulat"),
        "command \"simulat\" must be one of bench, config, down, help, logs, new, simulate, status, sweep, up, version, but is not: did you mean \"simulate\"? See ./hormesis help");
  }

  @Test
  void anUnknownOptionIsRefusedWithTheNearestOne() {
    refused(
        Typed.line("up", "--monky"),
        "option \"--monky\" must be one of --data, --detach, --evidence-elects, --for, --fresh, --heap, --help, --load, --monkey, --port, --regions, --report, --seed, --servers, --version, but is not: did you mean \"--monkey\"? See ./hormesis help up");
    refused(
        Typed.line("--verbose"),
        "option \"--verbose\" must be one of --help, --version, but is not: did you mean \"--version\"? See ./hormesis help");
  }

  @Test
  void aSecondApplicationIsRefused() {
    refused(
        Typed.line("up", "a.jar", "b.jar"),
        "up must have fewer arguments, but \"b.jar\" came besides: leave it out, or see ./hormesis help up");
  }

  @Test
  void wrongUnitsAreRefused() {
    for (String wrong : List.of("60", "60sec", "1.5m", "-3s", "0s", "s", "", "9999999999h")) {
      refused(
          Typed.line("up", "--for", wrong),
          "Invalid value for option '--for': a duration must be a whole number above 0 with a unit (ms, s, m or h), but was \"%s\": write for example 60s; see ./hormesis help up"
              .formatted(wrong));
    }
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    refused(
        Typed.line("up", "--load", "many"),
        "Invalid value for option '--load': a number must be whole, but was \"many\": write for example 100; see ./hormesis help up");
    refused(
        Typed.line("up", "--seed", "1e3"),
        "Invalid value for option '--seed': a number must be whole, but was \"1e3\": write for example 100; see ./hormesis help up");
    refused(
        Typed.line("simulate", "--load", "3000000000"),
        "Invalid value for option '--load': a number must be from -2147483648 to 2147483647, but was \"3000000000\": write for example 100; see ./hormesis help simulate");
    refused(
        Typed.line("up", "--for"),
        "Missing required parameter for option '--for' (TIME); see ./hormesis help up");
    refused(
        Typed.line("status", "-o", "xml"),
        "Invalid value for option '--output': expected one of [TABLE, JSON] (case-insensitive) but was 'xml'; see ./hormesis help status");
  }

  @Test
  void aLoadThatCannotBeIsRefused() {
    refused(
        Typed.line("up", "--load", "0"),
        "--load must be 1 to 10000 requests a second, but was 0: choose another number");
    refused(
        Typed.line("up", "--load", "100000"),
        "--load must be 1 to 10000 requests a second, but was 100000: choose another number");
    refused(
        Typed.line("up", "--load", "1000", "--for", "1h"),
        "--load and --for must come to 1000000 requests at most, whose books are kept in memory, but come to 3600000: send fewer a second or end earlier");
  }

  @Test
  void whatMakesNoSenseWithoutALoadIsRefused() {
    refused(
        Typed.line("up", "--monkey"),
        "--monkey must have a load to be judged by, but --load is missing: add for example --load 100");
    refused(
        Typed.line("up", "--seed", "1"),
        "--seed must have a load to draw, but --load is missing: add for example --load 100");
    refused(
        Typed.line("up", "--report", temp.resolve("r.json")),
        "--report must have a load to report on, but --load is missing: add for example --load 100");
  }

  @Test
  void aLoadInTheBackgroundIsRefused() {
    refused(
        Typed.line("up", "--detach", "--load", "100"),
        "--detach must come without --load, whose verdict nobody would see, but came with it: leave out one of the two");
  }

  @Test
  void fewerServersThanItsStateNeedsAreRefusedBeforeAnythingStarts() throws IOException {
    Path app = TownLibraryProject.jar(temp.resolve("library.jar"));
    Path data = temp.resolve("data");
    for (String each : List.of("1", "2")) {
      refused(
          Typed.line("up", app, "--regions", "1", "--servers", each, "--data", data),
          "application library must have 3 servers at least, on which the state of readers and desk is kept, but --regions 1 and --servers %s come to %s: give more of one"
              .formatted(each, each));
    }
    assertThat(data).doesNotExist();
  }

  @Test
  void aReportThatCannotBeWrittenIsRefusedBeforeAnythingStarts() {
    for (Path wrong : List.of(temp.resolve("no such folder/r.json"), temp)) {
      refused(
          Typed.line("up", "--load", "1", "--report", wrong),
          "--report must name a file in a folder that exists, but was %s: make the folder first"
              .formatted(wrong));
    }
  }

  @Test
  void anUnknownApplicationIsRefused() throws IOException {
    Path other = Files.writeString(temp.resolve("notes.txt"), "");
    Path empty = Files.createDirectory(temp.resolve("empty"));
    refused(Typed.line("up", "nothing.jar"), noApplication("nothing.jar", "does not exist"));
    refused(Typed.line("up", other), noApplication(other, "is another file"));
    refused(Typed.line("up", empty), noApplication(empty, "holds no jar"));
  }

  @Test
  void aJarThatNamesNoApplicationOrSeveralIsRefused() throws IOException {
    Path none = SmallApplication.jar(temp.resolve("none.jar"));
    Path two =
        SmallApplication.jar(
            temp.resolve("two.jar"), SmallApplication.class, SmallApplication.Broken.class);
    Path torn = Files.writeString(temp.resolve("torn.jar"), "this is no jar");
    refused(Typed.line("up", none), noApplication(none, "names 0 in META-INF/services"));
    refused(Typed.line("up", two), noApplication(two, "names 2 in META-INF/services"));
    refused(
        Typed.line("up", torn),
        noApplication(torn, torn + " cannot be opened as one (zip END header not found)"));
    refused(Typed.line("up", ""), noApplication("\"\"", "was named by nothing"));
  }

  @Test
  void aJarOfWhichAPartIsDamagedIsRefused() throws IOException {
    Path jar = app();
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Files.writeString(files.getPath("text"), "so many words ".repeat(1_000));
    }
    byte[] bytes = Files.readAllBytes(jar);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("text") + 30] ^= 0x55;
    Files.write(jar, bytes);
    refused(
        Typed.line("up", jar),
        noApplication(jar, jar + " cannot be read whole (text in it is damaged)"));
  }

  @Test
  void anApplicationThatFailsIsNotOurInternalError() throws IOException {
    Path broken = SmallApplication.jar(temp.resolve("b.jar"), SmallApplication.Broken.class);
    Path missing = SmallApplication.jar(temp.resolve("m.jar"), Missing.class);
    refused(
        Typed.line("up", broken),
        noApplication(
            broken,
            "has a source that fails (java.lang.IllegalStateException: the author's mistake)"));
    assertThat(Typed.line("up", missing).err()).contains("has a source that cannot be loaded (");
  }

  @Test
  void aWorkloadThatCannotBeLoadedIsNotOurInternalError() throws IOException {
    Path jar = SmallApplication.jar(temp.resolve("l.jar"), SmallApplication.class);
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Files.writeString(files.getPath("META-INF/services/" + Workload.class.getName()), "no.such");
    }
    Typed typed = Typed.line("simulate", jar);
    assertThat(typed.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(typed.err())
        .startsWith(
            "hormesis: application small must name in META-INF/services what can be loaded, but does not (")
        .contains("no.such")
        .endsWith("): correct the name, or leave it out");
  }

  @Test
  void aLoadForAnApplicationThatBringsNoneIsRefused() throws IOException {
    refused(
        Typed.line("up", app(), "--load", "10", "--data", temp.resolve("data")),
        "--load must have a io.hormesis.trial.Workload in the application, but small brings none: add one to its jar, or leave --load out");
  }

  @Test
  void wrongNumbersOfServersAreRefused() throws IOException {
    refused(
        Typed.line("up", app(), "--regions", "12"),
        "setting regions (--regions) must be a number from 1 to 9, but was \"12\": change it there");
    refused(
        Typed.line("up", app(), "--servers", "two"),
        "setting servers (--servers) must be a number of servers a region, from 1 to 9, but was \"two\": change it there");
    refused(
        Typed.line("up", app(), "--port", "65500", "--data", temp.resolve("data")),
        "--port must be 1 to 65476, but was 65500: choose another number");
  }

  @Test
  void aPortInUseIsRefusedBeforeAnythingStarts() throws IOException {
    int first = PortPlan.picked(3, 2, new SplittableRandom()).getFirst().edge();
    try (ServerSocket _ = new ServerSocket(first + 31, 1, InetAddress.getLoopbackAddress())) {
      Typed typed =
          Typed.line("up", app(), "--port", first, "--data", temp.resolve("data"), "--for", "1s");
      refused(
          typed,
          "port %d must be free for the management door of server b2, but is in use: stop what listens there, or choose other ports with --port N"
              .formatted(first + 31));
      assertThat(temp.resolve("data/a1")).doesNotExist();
    }
  }

  @Test
  void aForeignDataFolderIsRefusedAndLeftAsItIsEvenWhenFreshIsAsked() throws IOException {
    Path thesis = Files.writeString(temp.resolve("thesis.txt"), "three years of work");
    refused(
        Typed.line("up", app(), "--data", temp, "--fresh", "--for", "1s"),
        "data folder %s must be empty or of an earlier run, but holds other files: choose another with --data DIR"
            .formatted(temp));
    assertThat(thesis).hasContent("three years of work");
  }

  @Test
  void aLockedDataFolderIsRefused() throws IOException {
    Path data = temp.resolve("data");
    try (DataFolder _ = DataFolder.open(data)) {
      refused(
          Typed.line("up", app(), "--data", data, "--for", "1s"),
          "data folder %s must be free, but is locked by a running system: stop that one, or choose another with --data DIR"
              .formatted(data));
    }
  }

  @Test
  void theDataOfAnotherApplicationOrOfOtherServersIsRefused() throws IOException {
    Path data = temp.resolve("data");
    mark(data, "library");
    refused(
        Typed.line("up", app(), "--data", data, "--for", "1s"),
        "data folder %s must be of application small, but is of library: choose another with --data DIR, or start anew with --fresh"
            .formatted(data));
    mark(data, "small");
    refused(
        Typed.line("up", app(), "--data", data, "--for", "1s"),
        "data folder %s must be run by the servers [a1, b1, c1] that wrote it, but [a1, a2, b1, b2, c1, c2] are asked for: give the same --regions and --servers, or start anew with --fresh"
            .formatted(data));
  }

  @Test
  void theStatusOfNothingIsRefused() throws IOException {
    Path data = temp.resolve("data");
    refused(
        Typed.line("status", "--data", data),
        "data folder %s must hold a system, but holds none: start one with ./hormesis up, or name its folder with --data DIR"
            .formatted(data));
    try (DataFolder folder = DataFolder.open(data)) {
      folder.write(SystemRecord.of("4711", "small", PortPlan.picked(2, 1, new SplittableRandom())));
    }
    refused(
        Typed.line("status", "--data", data),
        "a server of the system in %s must answer, but none does: start it with ./hormesis up"
            .formatted(data));
  }

  /** Named by a jar, but it is no source of an application. */
  public static final class Missing {}

  private Path app() throws IOException {
    return SmallApplication.jar(temp.resolve("small.jar"), SmallApplication.class);
  }

  static void mark(Path data, String application) {
    try (DataFolder folder = DataFolder.open(data)) {
      folder.write(SystemRecord.of("4711", application, PortPlan.of(3, 1, 7400)));
    }
  }

  static String noApplication(Object path, String actual) {
    return "application %s must be a jar, a folder of jars, or a folder with a pom.xml, with one io.hormesis.process.Application.Source, but %s: build it, or leave it out to run the example"
        .formatted(path, actual);
  }

  static void refused(Typed typed, String message) {
    assertThat(typed.err()).isEqualTo("hormesis: " + message);
    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
  }
}
