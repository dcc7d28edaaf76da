"""Claims: the logical claim to one payer, what was sent, what was found, what happened."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cleanclaim.platform.models.bases import PracticeModel
from cleanclaim.platform.sealed.record import SealedModel

_SUMMED = ("charge_cents", "paid_cents", "open_cents", "patient_cents")


class Claim(PracticeModel):
    """One claim of one visit to one payer level; stages as in `core.claim.stages`.

    The amounts are sums of journal lines, kept up with them.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    encounter = models.ForeignKey("encounters.Encounter", models.PROTECT, related_name="claims")
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="+")
    payer = models.ForeignKey("payers.Payer", models.PROTECT, related_name="+")
    coverage = models.ForeignKey("patients.Coverage", models.PROTECT, null=True, related_name="+")
    provider = models.ForeignKey("practices.Provider", models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=17)
    level = models.SmallIntegerField()
    kind = models.CharField(max_length=1, default="P")
    stage = models.TextField()
    outcome = models.TextField(default="none")
    owner = models.TextField(default="us")
    holds = ArrayField(models.TextField(), default=list)
    version = models.SmallIntegerField(default=0)
    numbers = ArrayField(models.TextField(), default=list)
    payer_control_numbers = ArrayField(models.TextField(), default=list)
    planned = models.TextField(blank=True)
    in_flight = models.TextField(blank=True)
    next_claim_id = models.UUIDField(null=True)
    forwarded_until = models.DateField(null=True)
    first_adjudicated = models.DateField(null=True)
    bars_patient = models.BooleanField(default=False)
    service_date = models.DateField()
    charge_cents = models.BigIntegerField(default=0)
    allowed_cents = models.BigIntegerField(default=0)
    paid_cents = models.BigIntegerField(default=0)
    adjusted_cents = models.BigIntegerField(default=0)
    patient_cents = models.BigIntegerField(default=0)
    open_cents = models.BigIntegerField(default=0)
    next_date = models.DateField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "claim"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "number"], name="claim_number"),
            models.UniqueConstraint(
                fields=["practice_id", "encounter", "level"], name="claim_level_once"
            ),
        ]
        indexes: ClassVar = [
            # Each covers what its sums read and, for row-level security, the tenant: so the index
            # alone answers.
            models.Index(
                fields=["practice_id", "stage", "id"],
                include=["tenant_id", "owner", "outcome", *_SUMMED, "service_date"],
                name="claim_stage_sums",
            ),
            models.Index(fields=["practice_id", "patient"], name="claim_patient"),
            models.Index(fields=["practice_id", "service_date", "id"], name="claim_by_service"),
            models.Index(fields=["practice_id", "charge_cents", "id"], name="claim_by_charge"),
            models.Index(
                fields=["practice_id", "payer", "provider", "service_date"],
                include=["open_cents", "tenant_id"],
                name="claim_open_sums",
                condition=~models.Q(open_cents=0),
            ),
            models.Index(
                fields=["practice_id", "service_date"],
                include=["patient_cents", "tenant_id"],
                name="claim_patient_sums",
                condition=~models.Q(patient_cents=0),
            ),
        ]


class PayerNumber(PracticeModel):
    """A number that a payer gave a claim, for finding the claim by it.

    Why beside `Claim.payer_control_numbers`: under row-level security no index serves a look into
    an array, because PostgreSQL does not take that comparison for leakproof; equality it does.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    id = None
    pk = models.CompositePrimaryKey("practice_id", "number", "claim_id")
    number = models.TextField()
    claim_id = models.UUIDField()

    class Meta:
        db_table = "claim_payer_number"


class ClaimLine(PracticeModel):
    """One charge on one claim: what came of it there, what the payer and the patient owe."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.clinical.procedure"})

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="lines")
    charge = models.ForeignKey("encounters.Charge", models.PROTECT, related_name="+")
    ordinal = models.SmallIntegerField()
    outcome = models.TextField(default="none")
    expected_cents = models.BigIntegerField(null=True)
    open_cents = models.BigIntegerField(default=0)
    patient_cents = models.BigIntegerField(default=0)
    charge_key = models.TextField(blank=True)

    class Meta:
        db_table = "claim_line"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "claim", "charge"], name="claim_charge"),
        ]


class ClaimVersion(PracticeModel):
    """What was sent: append only. `content` names nobody; `person` is sealed and erasable."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="versions")
    version = models.SmallIntegerField()
    number = models.CharField(max_length=38)
    kind = models.TextField()
    frequency_code = models.CharField(max_length=1)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    releases = ArrayField(models.TextField(), default=list)
    made_at = models.DateTimeField()
    actor = models.TextField()

    class Meta:
        db_table = "claim_version"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice_id", "number"], name="claim_version_number"),
            models.UniqueConstraint(
                fields=["practice_id", "claim", "version"], name="claim_version_once"
            ),
        ]


class ClaimPerson(SealedModel):
    """What names the person in a sent version: sealed, and gone when the person is erased."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.identity.name"})

    version = models.OneToOneField(ClaimVersion, models.PROTECT, related_name="person")

    class Meta:
        db_table = "claim_person"


class ClaimCheck(PracticeModel):
    """One check of a claim: append only. `code_set` names the release of every table it asked.

    `rule_set` names the rules with their versions; `expected` holds what the contract allows for
    each line as it was computed then: charge id, cents, contract, reduction.
    """

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    actor = models.TextField()
    code_set = models.CharField(max_length=12)
    rule_set = models.CharField(max_length=12)
    blocking = models.SmallIntegerField()
    findings = models.SmallIntegerField()
    expected = models.JSONField(default=list)

    class Meta:
        db_table = "claim_check"
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "claim", "at"], name="claim_check_at"),
        ]


class ClaimFinding(PracticeModel):
    """What a check says of a claim now; replaced as a whole by the next check."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="findings")
    code = models.TextField()
    severity = models.TextField()
    place = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    overridden_by = models.TextField(blank=True)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "claim_finding"
        indexes: ClassVar = [
            models.Index(
                fields=["practice_id", "code", "claim"],
                include=["tenant_id"],
                name="claim_finding_codes",
            ),
        ]


class ClaimEvent(PracticeModel):
    """One line of a claim's timeline; append only."""

    data_categories: ClassVar[frozenset[str]] = frozenset({"phi.billing.claims"})

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    actor = models.TextField()
    event = models.TextField()
    stage = models.TextField(blank=True)
    proof = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "claim_event"
        indexes: ClassVar = [
            models.Index(fields=["practice_id", "claim", "at"], name="claim_event_timeline"),
        ]
