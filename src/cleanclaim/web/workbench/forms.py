"""Forms of the workbench: what people type, read and told where it is wrong; nothing decided."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django import forms

from cleanclaim.core.claim import Address, Patient, PersonName
from cleanclaim.kernel import npi as npis

_CODE = re.compile(r"[A-Z0-9]{1,8}")
_POINTER = "ABCDEFGHIJKL"
MOST_LINES = 12


class CentsField(forms.DecimalField):
    """Dollars as they are typed, `1,250.00`, read as whole cents."""

    def __init__(self, *, minimum: str = "0.01", **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "amount-field"})
        super().__init__(
            min_value=Decimal(minimum),
            max_digits=10,
            decimal_places=2,
            localize=False,
            widget=widget,
            error_messages={"invalid": "Type dollars and cents, such as 125.00."},
            **options,
        )

    def to_python(self, value: Any) -> Decimal | None:
        """Take thousands and the currency sign out."""
        return super().to_python(re.sub(r"[,$\s]", "", str(value or "")))

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        """Give whole cents."""
        dollars = super().clean(value)
        return None if dollars is None else int(dollars * 100)


class DayField(forms.DateField):
    """A day, written as `2026-11-22`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.DateInput(attrs={"autocomplete": "off"}, format="%Y-%m-%d"),
            error_messages={"invalid": "Write the day as 2026-11-22."},
            **options,
        )


class CodesField(forms.CharField):
    """Codes parted by spaces or commas, without their points: `E119 I10`."""

    def __init__(self, *, most: int, search: str = "", **options: Any) -> None:
        attributes = {"autocomplete": "off", "spellcheck": "false", "class": "mono"}
        if search:
            attributes["data-codes"] = search
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)
        self.most = most

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Give the codes in their order."""
        text = str(super().clean(value)).upper().replace(".", "")
        codes = tuple(re.findall(r"[^\s,;]+", text))
        wrong = next((code for code in codes if not _CODE.fullmatch(code)), None)
        if wrong:
            raise forms.ValidationError(f"{wrong} is no code: letters and digits alone.")
        if len(codes) > self.most:
            raise forms.ValidationError(f"{self.most} at most.")
        if len(set(codes)) != len(codes):
            raise forms.ValidationError("A code stands here twice.")
        return codes


class PointersField(forms.CharField):
    """Letters of diagnoses: `A B`, `AB`."""

    def clean(self, value: Any) -> tuple[int, ...]:  # type: ignore[override]
        """Give positions from 1, most important first."""
        text = re.sub(r"[\s,]", "", str(super().clean(value)).upper())
        if not text or any(letter not in _POINTER for letter in text) or len(text) > 4:
            raise forms.ValidationError("One to four letters, A for the first diagnosis.")
        return tuple(_POINTER.index(letter) + 1 for letter in text)


def letters_of(pointers: tuple[int, ...] | list[int]) -> str:
    """Write pointers as letters.

    >>> letters_of([1, 3])
    'AC'
    """
    return "".join(_POINTER[at - 1] for at in pointers)


class OnceForm(forms.Form):
    """A form that does its act once however often it is sent: it carries the act's own name."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class NoteForm(OnceForm):
    """A note about a claim or another thing."""

    text = forms.CharField(label="Note", max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))


class PendForm(forms.Form):
    """For how many business days, and why; the reason is kept as a note."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    days = forms.IntegerField(label="Business days", min_value=1, max_value=90, initial=3)
    reason = forms.CharField(label="Reason", max_length=400, required=False)


class ReasonForm(OnceForm):
    """Why something is decided; kept as a note."""

    reason = forms.CharField(
        label="Reason", max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )


class PickForm(forms.Form):
    """One of several, given by who makes the form."""

    choice = forms.ChoiceField()

    def __init__(
        self, *args: Any, label: str, choices: list[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["choice"]
        field.label, field.choices = label, choices


class ClaimNumberForm(forms.Form):
    """A claim by its number."""

    number = forms.CharField(
        label="Claim number", max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class AmountForm(OnceForm):
    """An amount."""

    amount = CentsField(label="Amount")


class RefundForm(AmountForm):
    """An approved refund that was paid."""

    claim = forms.CharField(label="Claim", max_length=60, help_text="A claim number.")
    to = forms.ChoiceField(label="Paid to", choices=[("payer", "Payer"), ("patient", "Patient")])


class MoneyReasonForm(OnceForm):
    """An amount of a claim, or all of it, with the reason."""

    amount = CentsField(label="Amount", required=False, help_text="Empty: all that is open.")
    reason = forms.ChoiceField(label="Reason")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["reason"]
        field.choices = choices


class ProviderForm(forms.Form):
    """A provider as the registry has them."""

    last = forms.CharField(label="Last name", max_length=60)
    first = forms.CharField(label="First name", max_length=35, required=False)
    npi = forms.CharField(label="NPI", max_length=10)
    taxonomy_code = forms.CharField(label="Taxonomy code", max_length=10, required=False)

    def clean_npi(self) -> str:
        """Check the digit."""
        npi = str(self.cleaned_data["npi"]).strip()
        if not npis.is_valid(npi):
            raise forms.ValidationError("This NPI has a wrong check digit.")
        return npi


class PayerForm(forms.Form):
    """A payer as the clearinghouse lists it."""

    name = forms.CharField(label="Name", max_length=60)
    payer_id = forms.CharField(label="Identifier in the exchange", max_length=20)
    filing_indicator = forms.CharField(
        label="Filing indicator", max_length=2, help_text="CI commercial, MB Medicare, MC Medicaid."
    )


class CoverageForm(forms.Form):
    """A coverage as it stands on the card."""

    member_id = forms.CharField(label="Member id", max_length=80)
    group_number = forms.CharField(label="Group number", max_length=50, required=False)
    rank = forms.IntegerField(label="Order of payers", min_value=1, max_value=9)


class PatientForm(forms.Form):
    """A patient as claims name them."""

    last = forms.CharField(label="Last name", max_length=60)
    first = forms.CharField(label="First name", max_length=35, required=False)
    birth_date = DayField(label="Birth date", required=False)
    sex = forms.ChoiceField(
        label="Sex", choices=[("F", "Female"), ("M", "Male"), ("U", "Unknown")], initial="U"
    )
    line_1 = forms.CharField(label="Address", max_length=55, required=False)
    city = forms.CharField(label="City", max_length=30, required=False)
    state = forms.CharField(label="State", max_length=2, required=False)
    zip_code = forms.CharField(label="ZIP", max_length=10, required=False)

    def patient(self, held: Patient) -> Patient:
        """Give the patient with what was typed over what is held."""
        typed = self.cleaned_data
        address = held.address
        if typed["line_1"]:
            address = Address(
                line_1=typed["line_1"],
                city=typed["city"],
                state=typed["state"].upper(),
                zip_code=typed["zip_code"].replace("-", ""),
            )
        return Patient(
            name=PersonName(
                last=typed["last"],
                first=typed["first"],
                middle=held.name.middle,
                suffix=held.name.suffix,
            ),
            birth_date=typed["birth_date"],
            sex=typed["sex"],
            address=address,
        )


class VisitForm(forms.Form):
    """What a claim says for all of its lines; coding asks less than editing."""

    diagnoses = CodesField(
        label="Diagnoses",
        most=12,
        search="diagnosis",
        help_text="The first is the principal one: A. Search by words or code.",
    )
    place_of_service = forms.CharField(label="Place of service", min_length=2, max_length=2)


class EditForm(VisitForm):
    """A claim that is changed by hand."""

    seen = forms.CharField(widget=forms.HiddenInput)
    provider = forms.ChoiceField(label="Rendering provider", required=False)
    payers = forms.ChoiceField(label="Order of payers")
    prior_authorization_number = forms.CharField(
        label="Authorization number", max_length=50, required=False
    )

    def __init__(
        self,
        *args: Any,
        providers: list[tuple[str, str]],
        orders: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        named: Any = self.fields["provider"]
        order: Any = self.fields["payers"]
        named.choices, order.choices = [("", "The practice itself"), *providers], orders

    def chosen(self) -> tuple[UUID | None, tuple[UUID, ...]]:
        """Give the provider and the coverages in their order."""
        provider = self.cleaned_data["provider"]
        order = tuple(UUID(one) for one in self.cleaned_data["payers"].split(",") if one)
        return (UUID(provider) if provider else None), order


class LineForm(forms.Form):
    """One service line; an empty one is left out, one that is to go is marked."""

    charge = forms.CharField(widget=forms.HiddenInput, required=False)
    procedure_code = CodesField(label="Code", most=1, search="procedure")
    modifiers = CodesField(label="Modifiers", most=4, required=False)
    diagnosis_pointers = PointersField(label="Diagnoses", max_length=8, initial="A")
    units = forms.DecimalField(
        label="Units",
        min_value=Decimal("0.001"),
        max_digits=8,
        decimal_places=3,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    charge_cents = CentsField(label="Charge", minimum="0.00")
    service_date = DayField(label="Service")

    def clean_procedure_code(self) -> str:
        """Give the one code."""
        found: tuple[str, ...] = self.cleaned_data["procedure_code"]
        return found[0] if found else ""


class LineFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The lines of a visit."""

    def kept(self) -> list[dict[str, Any]]:
        """Give what was typed of the lines that stay."""
        return [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data.get("procedure_code") and not form.cleaned_data.get("DELETE")
        ]


EditLines = forms.formset_factory(LineForm, formset=LineFormSet, extra=0, can_delete=True)
CodeLines = forms.formset_factory(
    LineForm, formset=LineFormSet, extra=3, max_num=MOST_LINES, can_delete=True
)


class PaymentForm(OnceForm):
    """A patient's payment at the desk, by mail or by card."""

    claim = forms.CharField(
        label="Claim or patient", max_length=60, help_text="A claim number of the patient."
    )
    tender = forms.ChoiceField(
        label="Paid by", choices=[("cash", "Cash"), ("check", "Check"), ("card", "Card")]
    )
    amount = CentsField(label="Amount")
    receipt = forms.CharField(
        label="Receipt, check or card reference",
        max_length=40,
        help_text="Names the payment: the same one again is taken once.",
    )
    is_prepayment = forms.BooleanField(label="Paid ahead, for later visits", required=False)


class TransferForm(forms.Form):
    """A bank transfer or check of a payer that came without an 835."""

    practice = forms.ChoiceField(label="Client")
    payer = forms.ChoiceField(label="Payer")
    trace = forms.CharField(label="Transfer or check number", max_length=50)
    amount = CentsField(label="Amount")

    def __init__(
        self,
        *args: Any,
        practices: list[tuple[str, str]],
        payers: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        client: Any = self.fields["practice"]
        payer: Any = self.fields["payer"]
        client.choices, payer.choices = practices, payers


class EobForm(forms.Form):
    """What stands at the head of a paper explanation of benefits; the lines are a grid."""

    trace = forms.CharField(label="Check or transfer number", max_length=50)
    payment_date = DayField(label="Paid on")
    method = forms.ChoiceField(label="Paid by", choices=[("CHK", "Check"), ("ACH", "Transfer")])
    patient_reason = forms.ChoiceField(
        label="Patient share is",
        choices=[("1", "Deductible"), ("2", "Coinsurance"), ("3", "Copay")],
        initial="2",
    )
    denial_reason = CodesField(
        label="Reason code of denied lines", most=1, required=False, help_text="Such as 16 or 50."
    )


class BankForm(OnceForm):
    """Cash and checks that are brought to the bank."""

    practice = forms.ChoiceField(label="Client")
    amount = CentsField(label="Amount")
    slip = forms.CharField(label="Deposit slip", max_length=40)

    def __init__(self, *args: Any, practices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        client: Any = self.fields["practice"]
        client.choices = practices
