package io.hormesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  @TempDir Path folder;

  @Test
  void withoutAnythingSetEveryValueIsTheDefault() {
    assertThat(settings(Map.of()).all())
        .containsExactly(
            new Settings.Value("regions", "3", "default"),
            new Settings.Value("servers", "2", "default"),
            new Settings.Value("port", "7400", "default"),
            new Settings.Value("data", ".hormesis", "default"),
            new Settings.Value("heap", "96m", "default"),
            new Settings.Value("evidence-elects", "true", "default"));
  }

  @Test
  void anOptionOverridesTheEnvironmentWhichOverridesTheFile() throws IOException {
    file("regions = 4\nservers = 4\nport = 4\nevidence-elects = false");
    Settings settings =
        settings(Map.of("HORMESIS_SERVERS", "5", "HORMESIS_PORT", "5"), "--port", "6");

    assertThat(settings.all())
        .contains(
            new Settings.Value("regions", "4", "hormesis.properties"),
            new Settings.Value("servers", "5", "HORMESIS_SERVERS"),
            new Settings.Value("port", "6", "--port"),
            new Settings.Value("evidence-elects", "false", "hormesis.properties"));
    assertThat(settings.number(Setting.PORT)).isEqualTo(6);
    assertThat(settings.number(Setting.REGIONS)).isEqualTo(4);
  }

  @Test
  void anOptionThatSaysTheDefaultIsAnOption() {
    assertThat(settings(Map.of("HORMESIS_PORT", "5"), "--port", "7400").all())
        .contains(new Settings.Value("port", "7400", "--port"));
  }

  @Test
  void theDataFolderIsTheApplicationsOwnUnlessAnOptionNamesIt() {
    assertThat(settings(Map.of()).dataFolder("library")).isEqualTo(Path.of(".hormesis/library"));
    assertThat(settings(Map.of("HORMESIS_DATA", "/var/x")).dataFolder("library"))
        .isEqualTo(Path.of("/var/x/library"));
    assertThat(settings(Map.of("HORMESIS_DATA", "/x"), "--data", "/y").dataFolder("library"))
        .isEqualTo(Path.of("/y"));
  }

  @Test
  void aFolderMayBeNamedWithAnyCharacter() {
    assertThat(settings(Map.of("HORMESIS_DATA", "${sys:user.home} $HOME")).text(Setting.DATA))
        .isEqualTo("${sys:user.home} $HOME");
    assertThatThrownBy(() -> settings(Map.of(), "--data", "a\0b").dataFolder("library"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "setting data (--data) must be a folder, but cannot be one (Nul character not allowed): change it there");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOne() throws IOException {
    assertThatThrownBy(() -> settings(Map.of("HORMESIS_REGION", "3")).all())
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "setting \"region\" (HORMESIS_REGION) is not known: did you mean \"regions\"? See ./hormesis config");
    file("heep = 96m\n");
    assertThatThrownBy(() -> settings(Map.of()).number(Setting.PORT))
        .hasMessage(
            "setting \"heep\" (hormesis.properties) is not known: did you mean \"heap\"? See ./hormesis config");
  }

  @Test
  void aValueThatCannotBeIsRefusedEvenWhenAnotherIsAskedFor() {
    for (String wrong : new String[] {"96", "96MB", "1g", "16m", ""}) {
      assertThatThrownBy(() -> settings(Map.of("HORMESIS_HEAP", wrong)).number(Setting.PORT))
          .hasMessage(
              "setting heap (HORMESIS_HEAP) must be a size in megabytes such as 96m, 32m at least, but was \"%s\": change it there",
              wrong);
    }
    assertThatThrownBy(() -> settings(Map.of(), "--evidence-elects", "maybe").all())
        .hasMessage(
            "setting evidence-elects (--evidence-elects) must be true or false, but was \"maybe\": change it there");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() throws IOException {
    file("port = \\u12\n");
    assertThatThrownBy(() -> settings(Map.of()).all())
        .hasMessage(
            "%s must be lines of the form key = value, but cannot be read (Malformed \\uxxxx encoding.): mend or remove it",
            folder.resolve("hormesis.properties"));
  }

  @Test
  void whatTheLauncherReadsIsNoSetting() {
    Settings settings =
        settings(Map.of("HORMESIS_MAVEN_OPTS", "-X", "HORMESIS_JDK_FOLDERS", "/x", "PATH", "/bin"));
    assertThat(settings.all()).allMatch(it -> it.source().equals("default"));
  }

  @Test
  void configShowsEachSettingWithItsSource() throws IOException {
    Path app = SmallApplication.jar(folder.resolve("small.jar"), SmallApplication.class);
    Typed typed = Typed.line("config", app, "--servers", "4");
    assertThat(typed.status()).isZero();
    assertThat(typed.out().lines())
        .anyMatch(it -> it.matches("SETTING +VALUE +FROM"))
        .anyMatch(it -> it.matches("regions +3 +default"))
        .anyMatch(it -> it.matches("servers +4 +--servers"))
        .anyMatch(it -> it.matches("data +\\.hormesis/small +default"));
    assertThat(Typed.line("config", app, "--data", "mine").out().lines())
        .anyMatch(it -> it.matches("data +mine +--data"));
  }

  @Test
  void aSettingThatCannotBeIsRefusedByConfigToo() {
    Typed typed = Typed.line("config", "--port", "many");
    assertThat(typed.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(typed.err())
        .isEqualTo(
            "hormesis: setting port (--port) must be a port from 0 (any that is free) to 65535, but was \"many\": change it there");
  }

  @Test
  void versionAndHelpAreThere() {
    assertThat(Typed.line("version").status()).isZero();
    assertThat(Typed.line("help", "up").out()).contains("--monkey", "--report", "Exit status");
    assertThat(Typed.line().out()).contains("up", "status", "config").doesNotContain("train");
  }

  private Settings settings(Map<String, String> environment, String... options) {
    return Settings.of(new SettingSources(folder, environment), options);
  }

  private void file(String text) throws IOException {
    Files.writeString(folder.resolve("hormesis.properties"), text);
  }
}
