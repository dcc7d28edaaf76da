"""The only door of the statements: patients' money and what is decided about balances."""

from cleanclaim.apps.statements.balances import (
    item_close,
    next_payer_bill,
    patient_bill,
    write_off,
)
from cleanclaim.apps.statements.payments import (
    capitation_recognise,
    cards_settle,
    deposit_bring,
    payment_return,
    payment_take,
    period_close,
    period_open_check,
    prepayment_place,
    statement_make,
)
from cleanclaim.apps.statements.refunds import (
    credit_classify,
    overpayment_confirm,
    patient_refund_approve,
    patient_refund_request,
    payer_refund_approve,
    refund_pay,
)

__all__ = [
    "capitation_recognise",
    "cards_settle",
    "credit_classify",
    "deposit_bring",
    "item_close",
    "next_payer_bill",
    "overpayment_confirm",
    "patient_bill",
    "patient_refund_approve",
    "patient_refund_request",
    "payer_refund_approve",
    "payment_return",
    "payment_take",
    "period_close",
    "period_open_check",
    "prepayment_place",
    "refund_pay",
    "statement_make",
    "write_off",
]
