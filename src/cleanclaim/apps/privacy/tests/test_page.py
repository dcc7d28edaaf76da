"""The public page says what the rules say, stands on evidence, and reads easily."""

import json
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import msgspec
import pytest

from cleanclaim.apps.privacy.evidence import (
    evidence_read,
    proofs_load,
    release_name,
    release_proofs,
    release_write,
)
from cleanclaim.apps.privacy.loading import Loaded, policy_load_unchecked, tenant_paths
from cleanclaim.apps.privacy.pages import KINDS, history_changes, page_data, page_for, page_html
from cleanclaim.apps.privacy.reference import evidence_named
from cleanclaim.apps.privacy.tests.files import TENANTS, document, redated, text
from cleanclaim.core.privacy.evidence import (
    Evidence,
    Kind,
    Proofs,
    State,
    evidence_alerts,
    publication_findings,
)
from cleanclaim.core.privacy.page import page_build, page_text
from cleanclaim.core.privacy.reading import reading_grade
from cleanclaim.core.privacy.source import document_read
from cleanclaim.kernel.refusal import Refusal

AT = datetime(2026, 11, 22, 6, tzinfo=UTC)
ATTESTED = [f"attest:{tenant}.{part}" for tenant in TENANTS for part in ("retention", "rights")]
NAMED = {*evidence_named(), *ATTESTED}
END = AT + timedelta(days=90)


def evidence(name, **changed):
    kind = Kind.ATTESTATION if ":" in name else Kind.TEST
    base = {
        "evidence_id": name, "kind": kind, "holds": True, "at": AT, "release": "1",
        "until": END if ":" in name else None,
    }  # fmt: skip
    return Evidence(**(base | changed))


def proofs(*changed, without=(), at=AT, release="1"):
    names = NAMED - set(without)
    found = {name: evidence(name) for name in names} | {item.evidence_id: item for item in changed}
    return Proofs(by_id=found, at=at, release=release)


def page(tenant, given=None, **rest):
    return page_build(document("platform"), document(tenant), given or proofs(), **rest)


def states(built):
    return {item.reference: item.state for section in built.sections for item in section.sentences}


@pytest.mark.parametrize("tenant", TENANTS)
def test_a_page_with_all_its_evidence_is_proven(tenant):
    built = page(tenant)
    assert built.proven == built.total > 20
    assert built.held_back == ()
    assert publication_findings(document(tenant), proofs()) == []
    assert evidence_alerts(document(tenant), proofs()) == {}


@pytest.mark.parametrize("tenant", TENANTS)
def test_the_page_reads_at_grade_nine_or_below(tenant):
    assert reading_grade(page_text(page(tenant))) <= 9


@pytest.mark.parametrize("tenant", TENANTS)
def test_a_sentence_without_live_evidence_is_held_back(tenant):
    rows = document(tenant).data["statements"]
    for row in rows:
        built = page(tenant, proofs(without=row["evidence"]))
        assert row["text"] not in page_text(built)
        assert row["id"] in built.held_back
        found = publication_findings(document(tenant), proofs(without=row["evidence"]))
        assert f"{row['id']} cannot be published" in " ".join(item.message for item in found)
        assert found[0].code == "PAGE-EVIDENCE-MISSING"


def test_a_part_without_evidence_waits():
    built = page("umbs", proofs(without=["attest:umbs.retention"]))
    waiting = [section for section in built.sections if section.waits]
    assert [section.anchor for section in waiting] == ["retention"]
    assert "6 years" not in page_text(built)
    assert "This part waits for its proof." in page_html(built)
    assert "retention" in built.held_back


# what became of the evidence | state of the sentence | alert
FATES = [
    ({"holds": False}, State.FAILED, "PAGE-EVIDENCE-FAILED"),
    ({"release": "0"}, State.LAPSED, "PAGE-EVIDENCE-LAPSED"),
    ({}, State.PROVEN, None),
]


@pytest.mark.parametrize(("changed", "state", "alert"), FATES)
def test_a_published_sentence_stays_until_a_person_acts(changed, state, alert):
    given = proofs(evidence("test_children_are_left_alone", **changed))
    assert states(page("usmed", given))["SA-10"] is state
    assert "Our sites take nothing from children under 13." in page_text(page("usmed", given))
    alerts = evidence_alerts(document("usmed"), given).values()
    assert {item.code for item in alerts} == ({alert} if alert else set())
    blocks = publication_findings(document("usmed"), given)
    assert {item.code for item in blocks} == ({alert} if alert else set())


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (AT, State.PROVEN),
        (END - timedelta(seconds=1), State.PROVEN),
        (END, State.LAPSED),
        (AT - timedelta(seconds=1), State.LAPSED),
    ],
)
def test_an_attestation_has_an_end(at, state):
    assert proofs(at=at).state("attest:usmed.rights") is state


def test_an_attestation_without_an_end_proves_nothing():
    given = proofs(evidence("attest:usmed.rights", until=None))
    assert given.state("attest:usmed.rights") is State.LAPSED


def test_on_nothing_no_sentence_stands():
    assert proofs().state_of_all([]) is State.MISSING


def test_a_person_withdraws_a_sentence_as_a_dated_version():
    row = "clauses: [B-34, B-35], evidence: [test_no_notice_no_survey_sharing]}"
    gone = row[:-1] + ", withdrawn: {date: 2026-12-01, by: privacy officer, why: proof to renew}}"
    changed = document_read("umbs.yaml", redated(text("umbs").replace(row, gone)))
    built = page_build(document("platform"), changed, proofs(without=["x"]))
    assert states(built)["SB-07"] is State.WITHDRAWN
    assert "A sentence was withdrawn on 2026-12-01." in page_text(built)
    assert "Customers see survey answers only if you were told first." not in page_text(built)
    assert (built.version, built.since) == ("9", "2026-12-01")
    assert publication_findings(changed, proofs()) == []


def test_the_history_tells_what_changed(tmp_path):
    (tmp_path / "usmed-1.yaml").write_text(text("usmed"))
    wider = redated(
        text("usmed").replace("purposes: [practice_performance], recipients: [self]",
                              "purposes: [practice_performance, compliance], recipients: [self]")
    )  # fmt: skip
    changed = document_read("usmed.yaml", wider)
    changes = history_changes(document("platform"), changed, tmp_path)
    assert list(changes) == ["9"]
    assert any("for keeping the law with our own staff" in line for line in changes["9"])
    built = page_build(document("platform"), changed, proofs(), changes)
    assert [(row.version, row.date) for row in built.versions] == [
        ("9", "2026-12-01"),
        ("1", "2026-11-22"),
    ]
    assert built.versions[0].changes == changes["9"]


class Tags(HTMLParser):
    """Whether every tag is closed, and what stands in which attributes."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.inline = [], [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in {"link", "meta", "br"}:
            self.open.append(tag)
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if "href" in given else []
        self.inline += [name for name in given if name == "style" or name.startswith("on")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("tenant", TENANTS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_html_is_whole_and_runs_under_a_strict_policy(tenant, kind):
    tags = Tags()
    tags.feed(page_html(page(tenant), kind))
    assert tags.open == []
    assert tags.inline == []
    assert len(set(tags.ids)) == len(tags.ids)
    inside = {link[1:] for link in tags.links if link.startswith("#")}
    assert inside <= set(tags.ids)
    assert not [link for link in tags.links if "//" in link]


def test_what_stands_in_a_file_is_escaped():
    source = text("usmed").replace("public_name: USMed Billing Solutions", "public_name: <b>X</b>")
    changed = document_read("usmed.yaml", source)
    html = page_html(page_build(document("platform"), changed, proofs()))
    assert "<b>X</b>" not in html
    assert "&lt;b&gt;X&lt;/b&gt;" in html


@pytest.mark.parametrize("tenant", TENANTS)
def test_the_machine_readable_twin_says_the_same(tenant):
    built = page(tenant)
    data = json.loads(json.dumps(page_data(built, document(tenant))))
    told = [item["text"] for section in data["page"]["sections"] for item in section["sentences"]]
    html = page_html(built)
    assert told
    assert all(line.replace("'", "&#x27;") in html for line in told)
    assert data["page"]["fingerprint"] == built.fingerprint
    assert len(data["policy"]["rules"]) == len(document(tenant).data["rules"])


def test_the_release_ships_with_what_its_tests_showed():
    shipped = release_proofs()
    assert shipped.release == release_name()
    assert evidence_named() <= set(shipped.passed), "run `cleanclaim clauses --prove`"


def test_the_shipped_pages_need_only_the_attestations_of_an_installation(tmp_path):
    rows = [
        {"evidence_id": name, "kind": "attestation", "holds": True,
         "at": AT.isoformat(), "until": END.isoformat(), "by": "privacy officer"}
        for name in ATTESTED
    ]  # fmt: skip
    (tmp_path / "office.yaml").write_text(json.dumps(rows))
    for path in tenant_paths().values():
        loaded = policy_load_unchecked(path)
        bare = page_for(loaded, proofs_load(AT))
        assert bare.held_back == ("retention", "rights")
        built = page_for(loaded, proofs_load(AT, tmp_path))
        assert built.held_back == ()
        assert built.proven == built.total


@pytest.mark.parametrize(
    "row",
    [
        "nonsense",
        '[{"evidence_id": "test_x", "kind": "test", "holds": true, "at": "2026-11-22T00:00:00Z"}]',
        '[{"evidence_id": "a:x", "kind": "probe", "holds": true, "at": "2026-11-22T00:00:00Z"}]',
    ],
)  # fmt: skip
def test_an_installation_cannot_pass_tests_by_hand(tmp_path, row):
    path = tmp_path / "x.yaml"
    path.write_text(row)
    with pytest.raises(Refusal, match="evidence_unreadable"):
        evidence_read(path)


def test_what_a_release_showed_is_written_and_read(tmp_path):
    path = tmp_path / "release.json"
    release_write(["b", "a"], AT, path)
    assert msgspec.json.decode(path.read_bytes()) == {
        "release": release_name(), "at": AT.isoformat(), "passed": ["a", "b"],
    }  # fmt: skip
    assert proofs_load(AT).release == release_name()


def test_without_a_policy_there_is_no_page():
    empty = Loaded(platform=document("platform"), tenant=None, policy=None)
    with pytest.raises(Refusal, match="policy_missing"):
        page_for(empty, proofs())
