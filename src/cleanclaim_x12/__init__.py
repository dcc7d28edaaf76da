"""Reads, checks, acknowledges and writes HIPAA X12 transactions.

The names below are the public ones. A module of a transaction is loaded when one of its names is
first used, so that a program pays only for what it touches.
"""

import importlib
from typing import Any

_WHERE = {
    "syntax": "Delimiters Limits Range Run cut_ranges line_numbers read_range read_runs"
    " read_transactions write_runs",
    "findings": "Finding",
    "checking": "check",
    "acks": "Sending acknowledge acknowledge_claims",
    "snip.codes": "CodeTable",
    "snip.partner": "Partner read_partner",
    "typed.files": "Envelope Options UnreadableError Written",
    "typed.parts": "Adjustment Amount Contact DatePeriod HealthCareCode Note Paperwork Procedure"
    " Quantity Reference Unknown",
    "typed.parties": "Name Organization Party",
    "typed.adjudication": "InpatientAdjudication OutpatientAdjudication ProviderAdjustment Remark"
    " Status StatusCode",
    "typed.claims": "BillingProvider Drug LineAdjudication OtherPayer Patient Subscriber",
    "typed.t837p": "ProfessionalBatch ProfessionalClaim ProfessionalLine read_837p stream_837p"
    " write_837p",
    "typed.t835": "Remittance RemittanceClaim RemittanceGroup RemittanceLine read_835 stream_835"
    " write_835",
    "typed.t999": "ElementError ImplementationAcknowledgement SegmentError TransactionResponse"
    " read_999 write_999",
    "typed.t277ca": "ClaimAcknowledgement ClaimAcknowledgements LineAcknowledgement"
    " ProviderAcknowledgement ReceiverAcknowledgement SourceAcknowledgement read_277ca write_277ca",
    "typed.ta1": "InterchangeAcknowledgement read_ta1 write_ta1",
}
_MODULE_OF = {name: module for module, names in _WHERE.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Load the module of a public name."""
    if name not in _MODULE_OF:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_MODULE_OF)
