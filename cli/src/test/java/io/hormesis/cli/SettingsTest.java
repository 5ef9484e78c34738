package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  @TempDir Path folder;

  @Test
  void withoutAnythingSetEveryValueIsTheDefault() {
    assertThat(Settings.read(folder, Map.of()).all())
        .contains(
            new Settings.Value("regions", "3", "default"),
            new Settings.Value("servers", "2", "default"),
            new Settings.Value("port", "7400", "default"))
        .allMatch(it -> it.source().equals("default"));
  }

  @Test
  void anOptionOverridesTheEnvironmentWhichOverridesTheFile() throws IOException {
    file("regions = 4\nservers = 4\nport = 4\n");
    Settings settings =
        Settings.read(folder, Map.of("HORMESIS_SERVERS", "5", "HORMESIS_PORT", "5"));
    settings.option("port", Optional.of(6));

    assertThat(settings.all())
        .contains(
            new Settings.Value("regions", "4", "hormesis.properties"),
            new Settings.Value("servers", "5", "HORMESIS_SERVERS"),
            new Settings.Value("port", "6", "--port"));
    assertThat(settings.number("port")).isEqualTo(6);
  }

  @Test
  void anOptionThatWasNotGivenChangesNothing() {
    Settings settings = Settings.read(folder, Map.of("HORMESIS_PORT", "5"));
    settings.option("port", Optional.empty());
    assertThat(settings.number("port")).isEqualTo(5);
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOne() throws IOException {
    assertThatThrownBy(() -> Settings.read(folder, Map.of("HORMESIS_REGION", "3")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "setting \"region\" (HORMESIS_REGION) is not known: did you mean \"regions\"? See ./hormesis config");
    file("heep = 96m\n");
    assertThatThrownBy(() -> Settings.read(folder, Map.of()))
        .hasMessage(
            "setting \"heep\" (hormesis.properties) is not known: did you mean \"heap\"? See ./hormesis config");
  }

  @Test
  void aWrongUnitIsRefused() {
    for (String wrong : new String[] {"96", "96MB", "1g", "16m", ""}) {
      assertThatThrownBy(() -> Settings.read(folder, Map.of("HORMESIS_HEAP", wrong)))
          .hasMessage(
              "setting heap (HORMESIS_HEAP) must be a size in megabytes such as 96m, 32m at least, but was \"%s\": change it there",
              wrong);
    }
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    file("port = \\u12\n");
    assertThatThrownBy(() -> Settings.read(folder, Map.of()))
        .hasMessage(
            "%s must be lines of the form key = value, but cannot be read (Malformed \\uxxxx encoding.): mend or remove it",
            folder.resolve("hormesis.properties"));
  }

  @Test
  void whatTheLauncherReadsIsNoSetting() {
    Settings settings =
        Settings.read(
            folder,
            Map.of("HORMESIS_MAVEN_OPTS", "-X", "HORMESIS_JDK_FOLDERS", "/x", "PATH", "/bin"));
    assertThat(settings.all()).allMatch(it -> it.source().equals("default"));
  }

  @Test
  void configShowsEachSettingWithItsSource() {
    Typed typed = Typed.line("config");
    assertThat(typed.status()).isZero();
    assertThat(typed.out().lines())
        .anyMatch(it -> it.matches("SETTING +VALUE +FROM"))
        .anyMatch(it -> it.matches("regions +3 +\\S+"))
        .anyMatch(it -> it.matches("port +7400 +\\S+"));
  }

  @Test
  void versionAndHelpAreThere() {
    assertThat(Typed.line("version").status()).isZero();
    assertThat(Typed.line("help", "up").out()).contains("--monkey", "--report", "Exit status");
    assertThat(Typed.line().out()).contains("up", "status", "config").doesNotContain("train");
  }

  private void file(String text) throws IOException {
    Files.writeString(folder.resolve("hormesis.properties"), text);
  }
}
