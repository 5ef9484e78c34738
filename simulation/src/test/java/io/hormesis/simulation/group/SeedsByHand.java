package io.hormesis.simulation.group;

/** Runs seeds of a profile and prints totals: {@code FIRST COUNT PROFILE}. */
final class SeedsByHand {

  private SeedsByHand() {}

  public static void main(String[] args) throws InterruptedException {
    long start = System.nanoTime();
    GroupSeeds seeds =
        GroupSeeds.run(Long.parseLong(args[0]), Integer.parseInt(args[1]), Profiles.named(args[2]));
    System.out.println(seeds.summary());
    System.out.println(seeds.failures(args[2]));
    System.out.println("hashes " + seeds.hashes());
    System.out.printf("%.1f s%n", (System.nanoTime() - start) / 1e9);
  }
}
