"""Reads, checks, acknowledges and writes HIPAA X12 transactions.

The names below are the public ones. A module of a transaction is loaded when one of its names is
first used, so that a program pays only for what it touches.
"""

import importlib
from typing import Any

_WHERE = {
    "syntax": "Delimiters Limits Range Run cut_ranges line_numbers offset_of read_range read_runs"
    " read_transactions write_runs",
    "findings": "Finding",
    "checking": "check check_part",
    "guides": "Guide add_guide",
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
    " PatientAcknowledgement ProviderAcknowledgement ReceiverAcknowledgement"
    " SourceAcknowledgement read_277ca write_277ca",
    "typed.t837i": "InstitutionalBatch InstitutionalClaim InstitutionalLine read_837i stream_837i"
    " write_837i",
    "typed.t837d": "DentalBatch DentalClaim DentalLine read_837d stream_837d write_837d",
    "typed.t270": "Benefit Eligibility InformationReceiver InformationSource Inquiry InsuredMember"
    " read_270 read_271 write_270 write_271",
    "typed.t276": "ClaimStatus ClaimStatuses read_276 read_277 write_276 write_277",
    "typed.t278": "ReviewedEvent ReviewedService ServicesReview read_278 write_278",
    "typed.lines": "Line decode_lines encode_lines json_schema lines_of read_lines write_lines",
    "anonymize": "anonymize",
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
