package io.hormesis.examples.egovernment;

/**
 * A return that the tax desk has accepted.
 *
 * @param receipt names this return; the same for a repeated request
 * @param citizen 11 digits
 * @param year 1900 to 2100
 * @param income 0 to 10^12
 * @param verified whether the registry said who the citizen is; false when nobody could say
 */
public record TaxReturn(String receipt, String citizen, int year, long income, boolean verified) {
  public TaxReturn {
    FormRules.receipt(receipt);
    FormRules.citizen(citizen);
    FormRules.year(year);
    FormRules.income(income);
  }
}
