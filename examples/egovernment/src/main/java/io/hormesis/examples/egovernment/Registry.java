package io.hormesis.examples.egovernment;

import static io.hormesis.process.Declaration.process;

import io.hormesis.examples.egovernment.Citizens.Who;
import io.hormesis.process.Declaration;
import io.hormesis.process.Reply;
import io.hormesis.process.Worker;
import java.util.List;

/**
 * Knows who a citizen is. It keeps nothing: name and address are made up from the number, the same
 * ones on every server, so any number has a citizen.
 */
public final class Registry implements Worker<Citizens> {
  public static final Declaration<Citizens> DECLARATION =
      process("registry")
          .ownedBy(Owners.NATIONAL_REGISTRY)
          .contract(Citizens.class)
          .worker(Registry::new);

  private static final List<String> GIVEN =
      List.of(
          "Ada", "Alva", "Anders", "Astrid", "Bjarne", "Edsger", "Frances", "Grace", "Ingrid",
          "Jens", "Kari", "Kristen", "Leslie", "Nils", "Ole", "Sophie");
  private static final List<String> FAMILY =
      List.of(
          "Aasen", "Berg", "Dahl", "Eide", "Foss", "Haugen", "Holm", "Lie", "Lund", "Moe", "Nygård",
          "Ruud", "Solberg", "Strand", "Vik", "Ødegård");
  private static final List<String> STREETS =
      List.of(
          "Birch Lane",
          "Bridge Street",
          "Church Road",
          "Harbour Street",
          "Hill Road",
          "Market Square",
          "Mill Lane",
          "School Road");
  private static final List<String> TOWNS =
      List.of("Bergen", "Bodø", "Hamar", "Oslo", "Stavanger", "Tromsø", "Trondheim", "Voss");
  private static final int HIGHEST_NUMBER = 120;

  @Override
  public Reply<?> on(Citizens message) {
    return switch (message) {
      case Who who -> who.reply(citizen(who.citizen()));
    };
  }

  private static Citizen citizen(String number) {
    long lot = mixed(Long.parseLong(number));
    String name = pick(GIVEN, lot) + " " + pick(FAMILY, lot >>> 8);
    long house = 1 + Long.remainderUnsigned(lot >>> 16, HIGHEST_NUMBER);
    String address =
        "%s %d, %s".formatted(pick(STREETS, lot >>> 32), house, pick(TOWNS, lot >>> 40));
    return new Citizen(number, name, address);
  }

  private static String pick(List<String> words, long lot) {
    return words.get((int) Long.remainderUnsigned(lot, words.size()));
  }

  /** Spreads neighbouring numbers over all names: the finalizer of SplitMix64 (Steele et al.). */
  private static long mixed(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
