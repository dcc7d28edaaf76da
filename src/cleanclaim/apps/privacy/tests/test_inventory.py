import pytest

from cleanclaim.apps.privacy.inventory import (
    TRANSACTIONS,
    field_sets_for,
    field_sets_text,
    inventory,
    inventory_csv,
    stored,
)
from cleanclaim.apps.privacy.tests.files import ROOT, TENANTS, document, policy
from cleanclaim.core.claim import Claim
from cleanclaim.core.privacy.fields import (
    Annotation,
    annotations_read,
    field_paths,
    inventory_from_annotations,
)

REFERENCE = ROOT / "docs" / "reference"


def test_every_field_has_a_category_and_a_reason():
    fields, wrong = inventory()
    assert wrong == []
    assert [field.path for field in fields] == list(field_paths(Claim))
    words = policy("usmed").words.categories
    assert {field.category for field in fields} <= words.keys()


def test_every_stored_column_has_a_category_and_a_reason():
    fields, wrong = stored()
    assert wrong == []
    words = policy("usmed").words.categories
    assert {field.category for field in fields} <= words.keys() | {"-"}


def test_what_identifies_a_person_stands_in_sealed_columns_alone():
    """A fingerprint is keyed; the practice's own number of a visit is a pseudonym."""
    names = ("phi.identity", "phi.demographics", "phi.insurance.member_id", "phi.clinical.notes")
    stand = {field.path for field in stored()[0] if field.category.startswith(names)}
    bare = {path for path in stand if ".sealed" not in path and not path.endswith("_key")}
    assert bare == {"encounter.number"}
    assert "patient.sealed.patient.name.last" in stand


def test_a_field_without_a_reason_breaks_the_build():
    notes = annotations_read("a | phi | screen\nb | phi |\nd | phi | screen")
    fields, wrong = inventory_from_annotations(["a", "b", "c"], notes)
    assert [field.path for field in fields] == ["a", "b"]
    assert wrong == [
        "b: nobody needs it",
        "c: no line of the inventory says what it is",
        "d: matches no field",
    ]
    assert notes[0] == Annotation(pattern="a", category="phi", needed_by=("screen",))


def test_the_inventory_is_printed():
    """Renew with `cleanclaim policy check --write`."""
    assert inventory_csv() == (REFERENCE / "inventory.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("tenant", TENANTS)
def test_the_field_sets_are_those_that_were_reviewed(tenant):
    """Renew with `cleanclaim policy check --write` and read the difference."""
    path = REFERENCE / "field-sets" / f"{tenant}.txt"
    expected = path.read_text(encoding="utf-8")
    assert field_sets_text(policy(tenant), document("platform")) == expected


@pytest.mark.parametrize("tenant", TENANTS)
def test_no_transaction_to_a_payer_opens_notes_or_more_than_it_needs(tenant):
    sets = field_sets_for(policy(tenant), document("platform"))
    needs = {field.path: field.tasks for field in inventory()[0]}
    for (name, task, _), opened in sets.items():
        if name == "x12_by_transaction":
            assert not {"note", "lines.note"} & opened
            assert task in TRANSACTIONS
            assert all(task in needs[path] for path in opened)
    asks = sets["x12_by_transaction", "270", "exchange"]
    claims = sets["x12_by_transaction", "837P", "exchange"]
    assert "coverages.subscriber.member_id" in asks & claims
    assert "diagnoses.code" in claims - asks


@pytest.mark.parametrize("tenant", TENANTS)
def test_notes_are_opened_by_their_own_rule_alone(tenant):
    sets = field_sets_for(policy(tenant), document("platform"))
    assert sets["attachment_scope", "837P", "officer"] == {"note", "lines.note"}
    assert ("attachment_scope", "837P", "exchange") not in sets
