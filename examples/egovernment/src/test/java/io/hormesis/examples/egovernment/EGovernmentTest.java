package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.process.Application;
import io.hormesis.process.Damage;
import io.hormesis.process.Declaration;
import io.hormesis.process.QueryRoute;
import io.hormesis.process.Route;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EGovernmentTest {
  private final Application application = new EGovernment().application();

  @Test
  void theApplicationIsFoundByTheServiceLoader() {
    List<String> found =
        ServiceLoader.load(Application.Source.class).stream()
            .map(it -> it.get().application().name())
            .toList();

    assertThat(found).containsExactly("e-government");
  }

  @Test
  void everyProcessHasAnOwnerAndNoTwoShareOne() {
    assertThat(application.processes().stream().map(it -> it.owner().name()))
        .containsExactly("national-registry", "tax-authority", "national-archives", "digital-post");
  }

  @Test
  void onlyTheRegistryKeepsNoState() {
    assertThat(
            application.processes().stream().filter(Declaration::stateful).map(Declaration::name))
        .containsExactly("tax-desk", "archive", "inbox");
  }

  @Test
  void archiveAndInboxNeverShareAServerWithTheOthers() {
    assertThat(application.apart())
        .containsExactly(
            new Application.Apart(Set.of("archive", "inbox"), Set.of("registry", "tax-desk")));
  }

  @Test
  void itSaysWhatMustNeverHappen() {
    assertThat(application.damages())
        .extracting(Damage::name)
        .containsExactly(
            "an accepted return is not at the tax desk as it was accepted",
            "two returns of a citizen are accepted for one year",
            "an accepted return is missing from the archive",
            "an accepted return is in the archive more than once",
            "an accepted return has no message, or several, in the inbox");
  }

  @Test
  void theRoutesAreThoseOfTheHttpContract() {
    assertThat(application.routes().stream().map(it -> it.method() + " " + it.path()))
        .containsExactly(
            "POST /tax-returns",
            "GET /tax-returns/{citizen}/{year}",
            "GET /archive/{citizen}",
            "GET /inbox/{citizen}",
            "GET /citizens/{citizen}");
  }

  @Test
  void onlyTheRouteToTheRegistryHasADefaultReply() {
    List<Route> defaulting =
        application.routes().stream()
            .filter(it -> it instanceof QueryRoute<?, ?> query && query.defaultReply().isPresent())
            .toList();

    assertThat(defaulting)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.request()).isEqualTo(Who.class);
          assertThat(it.deadline()).isEqualTo(Duration.ofMillis(500));
        });
    assertThat(Citizen.unverified(new Who("01017012345")))
        .isEqualTo(
            new Citizen("01017012345", "not known at the moment", "not known at the moment"));
  }

  /** Names and order of the components are names and order of the JSON fields. */
  @Test
  void repliesHaveTheFieldsOfTheHttpContract() {
    assertThat(fields(TaxReturn.class))
        .containsExactly("receipt", "citizen", "year", "income", "verified");
    assertThat(fields(Citizen.class)).containsExactly("citizen", "name", "address");
    assertThat(fields(Mail.class)).containsExactly("messages");
    assertThat(fields(Letter.class)).containsExactly("receipt", "text");
    assertThat(fields(Documents.class)).containsExactly("documents");
    assertThat(fields(Documents.Document.class)).containsExactly("receipt", "year");
  }

  private static List<String> fields(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}
