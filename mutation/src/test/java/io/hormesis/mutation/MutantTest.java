package io.hormesis.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MutantTest {
  private static final String PATIENT = Patient.class.getName();

  private static List<String> told(Patch... patches) throws Exception {
    PatchedLoader loader = new PatchedLoader(Patient.class.getClassLoader(), List.of(patches));
    Class<?> inside = loader.loadClass(PATIENT);
    assertThat(inside).isNotEqualTo(Patient.class);
    SeedRunner patient = (SeedRunner) inside.getConstructor().newInstance();
    return patient.violations(10, 1).values().iterator().next();
  }

  @Test
  void withoutAPatchAClassDoesWhatItsSourceSays() throws Exception {
    assertThat(told())
        .containsExactly("sum 13", "both 10b", "found true", "lambda 14", "told")
        .isEqualTo(new Patient().violations(10, 1).get(10L));
  }

  @Test
  void aBodyGivesAConstant() throws Exception {
    assertThat(
            told(
                Patch.body(PATIENT, "sum", Constant.ZERO),
                Patch.body(PATIENT, "found", Constant.EMPTY),
                Patch.body(PATIENT, "both", Constant.NOTHING),
                Patch.body(PATIENT, "tell", Constant.NOTHING)))
        .containsExactly("sum 0", "both null", "found false", "lambda 0");
  }

  @Test
  void callsAreLeftOutInAMethodAndItsLambdas() throws Exception {
    assertThat(
            told(
                Patch.call(PATIENT, "violations", "sum", Constant.ZERO),
                Patch.call(PATIENT, "violations", "both", Constant.NOTHING),
                Patch.call(PATIENT, "violations", "tell", Constant.NOTHING)))
        .containsExactly("sum 0", "both null", "found true", "lambda 0");
  }

  @Test
  void aResultGoesThroughAHookWithItsArguments() throws Exception {
    assertThat(told(Patch.result(PATIENT, "sum", Patient.Hook.class)))
        .containsExactly(
            "hook saw 13 of 10 and 3",
            "sum 26",
            "both 10b",
            "found true",
            "hook saw 14 of 10 and 4",
            "lambda 28",
            "told");
  }

  @Test
  void aPatchThatFindsNothingToChangeIsAnError() {
    assertThatThrownBy(() -> told(Patch.body(PATIENT, "gone", Constant.ZERO)))
        .hasMessageContaining("Patient.gone has nothing to change")
        .hasMessageContaining("fit the patch to the code");
    assertThatThrownBy(() -> told(Patch.call(PATIENT, "sum", "force", Constant.NOTHING)))
        .hasMessageContaining("Patient.sum has nothing to change")
        .hasMessageContaining("force");
    assertThatThrownBy(() -> told(Patch.body("io.hormesis.Gone", "sum", Constant.ZERO)))
        .hasMessageContaining("class io.hormesis.Gone is not on the class path");
  }

  @Test
  void aPatchThatDoesNotFitTheTypesIsAnError() {
    assertThatThrownBy(() -> told(Patch.body(PATIENT, "found", Constant.ZERO)))
        .hasMessageContaining("a patch puts ZERO where the code has Optional");
    assertThatThrownBy(() -> told(Patch.result(PATIENT, "found", Patient.Hook.class)))
        .hasMessageContaining("has no public method found");
  }

  /** Production code may change: then this says which mutant needs another patch. */
  @ParameterizedTest
  @EnumSource
  void eachMutantFitsTheCodeAsItIs(Mutant mutant) throws InterruptedException {
    assertThat(mutant.runner(Patient.class).violations(1, 1)).isNotEmpty();
  }

  @Test
  void aHuntEndsWithTheFirstFindersOrTheLastSeed() throws InterruptedException {
    SeedRunner fifth =
        (first, count) -> {
          SortedMap<Long, List<String>> seen = new TreeMap<>();
          for (long seed = first; seed < first + count; seed++) {
            seen.put(seed, seed == 5 ? List.of("lost", "late") : List.of("late"));
          }
          return seen;
        };
    MutantHunt hunt = MutantHunt.run(fifth, 100, "lost"::equals);
    assertThat(hunt.tried()).isEqualTo(6);
    assertThat(hunt.finders()).containsOnlyKeys(5L).containsEntry(5L, List.of("lost"));
    assertThat(hunt).hasToString("found in 1 of the first 6 seeds: [5]");
    assertThat(MutantHunt.run(fifth, 4, "lost"::equals).finders()).isEmpty();
  }
}
