"""The chart of accounts, the same for every practice."""

from enum import StrEnum


class Account(StrEnum):
    """An account of the chart; its value is its number."""

    CASH = "1000"
    PATIENT_TRUST = "1010"
    UNDEPOSITED = "1020"
    CARD_CLEARING = "1030"
    EFT_CLEARING = "1040"
    INSURANCE = "1100"
    PATIENT = "1110"
    AGENCY = "1120"
    PAYMENT_PLAN = "1130"
    CAPITATION_RECEIVABLE = "1140"
    UNAPPLIED_INSURANCE = "1190"
    UNAPPLIED_PATIENT = "1191"
    ALLOWANCE = "1195"
    REFUND_PATIENT = "2000"
    REFUND_PAYER = "2010"
    RECOUPMENT = "2020"
    UNCLAIMED = "2030"
    DEFERRED_CAPITATION = "2040"
    SALES_TAX = "2050"
    CHARGES = "4000"
    CAPITATION = "4100"
    INTEREST = "4200"
    INCENTIVE = "4300"
    CONTRACTUAL = "4500"
    SEQUESTRATION = "4510"
    INCENTIVE_REDUCTION = "4520"
    DISCOUNT = "4530"
    CHARITY = "4540"
    DENIAL = "4550"
    SMALL_BALANCE = "4560"
    COURTESY = "4570"
    BAD_DEBT = "5000"
    AGENCY_FEES = "5010"
    CARD_FEES = "5020"
    PENALTIES = "5030"
    LEVIES = "5040"


ACCOUNT_NAMES: dict[Account, str] = {
    Account.CASH: "Cash operating",
    Account.PATIENT_TRUST: "Cash patient trust",
    Account.UNDEPOSITED: "Undeposited funds",
    Account.CARD_CLEARING: "Card clearing",
    Account.EFT_CLEARING: "ACH-EFT clearing (expected EFT)",
    Account.INSURANCE: "A/R insurance",
    Account.PATIENT: "A/R patient",
    Account.AGENCY: "A/R collections agency",
    Account.PAYMENT_PLAN: "A/R payment plan",
    Account.CAPITATION_RECEIVABLE: "A/R capitation",
    Account.UNAPPLIED_INSURANCE: "Unapplied insurance cash",
    Account.UNAPPLIED_PATIENT: "Unapplied patient cash, prepayments",
    Account.ALLOWANCE: "Allowance",
    Account.REFUND_PATIENT: "Refunds payable patient",
    Account.REFUND_PAYER: "Refunds payable payer",
    Account.RECOUPMENT: "Payer recoupment payable (negative balance, FB)",
    Account.UNCLAIMED: "Unclaimed property",
    Account.DEFERRED_CAPITATION: "Deferred capitation",
    Account.SALES_TAX: "Sales tax",
    Account.CHARGES: "Gross charges",
    Account.CAPITATION: "Capitation revenue",
    Account.INTEREST: "Interest income from payers",
    Account.INCENTIVE: "Incentive/bonus",
    Account.CONTRACTUAL: "Contractual adjustments",
    Account.SEQUESTRATION: "Sequestration",
    Account.INCENTIVE_REDUCTION: "Incentive-program reductions (MIPS)",
    Account.DISCOUNT: "Prompt pay, self-pay discounts",
    Account.CHARITY: "Charity",
    Account.DENIAL: "Denial write-offs (controllable, by reason)",
    Account.SMALL_BALANCE: "Small balance",
    Account.COURTESY: "Courtesy",
    Account.BAD_DEBT: "Bad debt",
    Account.AGENCY_FEES: "Collection agency fees",
    Account.CARD_FEES: "Card fees",
    Account.PENALTIES: "Penalties, interest paid to payers",
    Account.LEVIES: "Offset levies",
}

ADJUSTMENT_ACCOUNTS = frozenset(
    {
        Account.CONTRACTUAL,
        Account.SEQUESTRATION,
        Account.INCENTIVE_REDUCTION,
        Account.DISCOUNT,
        Account.CHARITY,
        Account.DENIAL,
        Account.SMALL_BALANCE,
        Account.COURTESY,
        Account.BAD_DEBT,
    }
)
