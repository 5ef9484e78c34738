package io.hormesis.examples.egovernment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.process.Reply;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegistryTest {
  private static final long SEED = 20_261_125;

  private final Registry registry = new Registry();

  @Test
  void everyNumberHasTheSameCitizenOnEveryServer() {
    Who who = new Who("01017012345");
    assertThat(registry.on(who))
        .isEqualTo(new Registry().on(who))
        .isEqualTo(who.reply(new Citizen("01017012345", "Edsger Solberg", "Hill Road 64, Tromsø")));
  }

  @Test
  void smallestAndLargestNumbersHaveACitizenToo() {
    assertThat(citizen("00000000000").citizen()).isEqualTo("00000000000");
    assertThat(citizen("99999999999").citizen()).isEqualTo("99999999999");
  }

  @Test
  void neighboursHaveDifferentNamesAndAddresses() {
    Set<String> people = new HashSet<>();
    for (int number = 0; number < 1000; number++) {
      Citizen citizen = citizen("%011d".formatted(number));
      people.add(citizen.name() + ", " + citizen.address());
    }
    assertThat(people).hasSizeGreaterThan(990);
  }

  @Test
  void aNameIsAlwaysGivenAndFamilyAndAnAddressAStreetANumberAndATown() {
    Random random = new Random(SEED);
    for (int round = 0; round < 1000; round++) {
      String number = "%011d".formatted(random.nextLong(100_000_000_000L));
      assertThat(citizen(number).name()).as(number).matches("\\p{L}+ \\p{L}+");
      assertThat(citizen(number).address()).as(number).matches("[\\p{L} ]+ [1-9][0-9]*, \\p{L}+");
    }
  }

  private Citizen citizen(String number) {
    return (Citizen)
        switch (registry.on(new Who(number))) {
          case Reply.Value<?>(Object value) -> value;
          case Reply.Refusal<?> refusal -> refusal;
          case Reply.None<?> none -> none;
        };
  }
}
