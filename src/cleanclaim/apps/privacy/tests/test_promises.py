"""Each promise of a published page, asked of the policy that is meant to keep it.

The names of these tests stand in the policy files as evidence.
"""

from itertools import product

import pytest

from cleanclaim.apps.privacy.tests.asking import all_good, turned, without
from cleanclaim.apps.privacy.tests.files import TENANTS, document, policy
from cleanclaim.core.privacy import decide
from cleanclaim.core.privacy.policy import ACTIONS, words_covered
from cleanclaim.core.privacy.snapshot import best_facts, questions

A, B = "usmed", "umbs"
MARKETING = [word for word in policy(A).words.purposes if word.startswith("marketing")]
PHI = [word for word in policy(A).words.categories if word.startswith("phi")]
ADTECH = ("adtech", "adtech.social", "adtech.network")


def asked(tenant, **question):
    rules = policy(tenant)
    return decide(rules, all_good(rules, **question))


def allowed_everywhere(tenant, actions, categories, purposes, recipients, subjects=("patient",)):
    """Every allowed answer among the questions, all facts as the asker would like them."""
    rules = policy(tenant)
    for action, kind, purpose, recipient, subject in product(
        actions, categories, purposes, recipients, subjects
    ):
        question = all_good(
            rules,
            action=action,
            categories={kind},
            purpose=purpose,
            recipient=recipient,
            subject=subject,
        )
        if decide(rules, question).is_allowed:
            yield question


def is_needed(tenant, fact, **question):
    """The question is allowed, and is not as soon as the fact fails or was not looked up."""
    rules = policy(tenant)
    good = all_good(rules, **question)
    assert decide(rules, good).is_allowed, decide(rules, good).because
    assert not decide(rules, turned(good, fact)).is_allowed
    assert not decide(rules, without(good, fact)).is_allowed


@pytest.mark.parametrize("tenant", TENANTS)
def test_nothing_is_ever_sold(tenant):
    words = policy(tenant).words
    found = allowed_everywhere(
        tenant, ACTIONS, words.categories, ["sale"], words.recipients, words.subjects
    )
    assert list(found) == []


@pytest.mark.parametrize("tenant", TENANTS)
def test_no_health_data_for_marketing(tenant):
    words = policy(tenant).words
    found = allowed_everywhere(tenant, ACTIONS, PHI, MARKETING, words.recipients)
    assert list(found) == []
    found = allowed_everywhere(tenant, ["disclose", "track"], PHI, words.purposes, ADTECH)
    assert list(found) == []


def test_a_shares_nothing_for_marketing():
    words = policy(A).words
    for subject in ("patient", "provider", "visitor", "prospect"):
        found = allowed_everywhere(
            A,
            ["disclose", "track", "use"],
            words.categories,
            MARKETING,
            words.recipients,
            [subject],
        )
        assert list(found) == []


@pytest.mark.parametrize("tenant", TENANTS)
def test_what_no_rule_names_is_denied(tenant):
    decision = asked(
        tenant, action="disclose", categories={"phi.clinical.diagnosis"},
        purpose="research_survey", recipient="customer",
    )  # fmt: skip
    assert not decision.is_allowed
    named = {recipient for rule in policy(tenant).allows for recipient in rule.recipients}
    rules = policy(tenant)
    for question in questions(rules):
        if question.recipients[0] not in named:
            request = question.request(best_facts(rules, question.request()))
            assert not decide(rules, request).is_allowed


@pytest.mark.parametrize("tenant", TENANTS)
@pytest.mark.parametrize("vendor", ["vendor.software", "vendor.cloud", "vendor.analytics_baa"])
def test_no_agreement_no_health_data(tenant, vendor):
    is_needed(
        tenant, "baa_active", action="disclose", categories={"phi.billing.claims"},
        purpose="billing.claims", recipient=vendor,
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_no_agreement_no_clearinghouse(tenant):
    is_needed(
        tenant, "baa_active", action="disclose", categories={"phi.billing.claims"},
        purpose="billing.claims", recipient="clearinghouse",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
@pytest.mark.parametrize(
    ("purpose", "recipient"),
    [
        ("legal.required_by_law", "government"),
        ("legal.court_order", "court"),
        ("legal.oversight", "government"),
        ("legal.fraud_investigation", "government"),
    ],
)
def test_no_checked_papers_no_release(tenant, purpose, recipient):
    is_needed(
        tenant, "legal_process_verified", action="disclose", categories={"phi.billing.claims"},
        purpose=purpose, recipient=recipient,
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_a_court_needs_its_own_order_for_part_2(tenant):
    is_needed(
        tenant, "part2_court_order", action="disclose", categories={"phi.clinical.part2"},
        purpose="legal.court_order", recipient="court",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_use_is_no_consent(tenant):
    bases = {row.get("basis") for row in document(tenant).data["rules"]}
    assert bases.isdisjoint({"use", "implied", "accept_by_use"})
    is_needed(
        tenant, "analytics_choice_yes", action="track", categories={"web.pages"},
        purpose="site_analytics", recipient="vendor.web_analytics", subject="visitor",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_children_are_left_alone(tenant):
    words = policy(tenant).words
    web = [w for w in words.categories if w.split(".")[0] in {"inquiry", "web", "account"}]
    found = allowed_everywhere(
        tenant, ["collect"], web, words.purposes, words.recipients, ["child_under_13"]
    )
    assert list(found) == []
    born = asked(
        tenant, action="collect", categories={"phi.demographics"}, purpose="billing.claims",
        recipient="self", subject="child_under_13",
    )  # fmt: skip
    assert born.is_allowed


@pytest.mark.parametrize("tenant", TENANTS)
def test_a_kept_record_is_not_erased(tenant):
    is_needed(
        tenant, "legal_hold_or_min_retention", action="erase",
        categories={"phi.billing.claims"}, purpose="compliance", recipient="self",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_notes_go_to_payers_on_request_only(tenant):
    is_needed(
        tenant, "payer_request_on_file", action="disclose", categories={"phi.clinical.notes"},
        purpose="billing.claims", recipient="payer",
    )  # fmt: skip
    mixed = asked(
        tenant, action="disclose", categories={"phi.clinical.notes", "phi.billing.claims"},
        purpose="billing.claims", recipient="payer",
    )  # fmt: skip
    assert not mixed.is_allowed


@pytest.mark.parametrize("tenant", TENANTS)
def test_patients_get_their_rights_through_the_practice(tenant):
    for fact in ("identity_verified", "ce_instruction_or_delegation"):
        is_needed(
            tenant, fact, action="disclose", categories={"phi.billing.claims"},
            purpose="individual_right", recipient="individual",
        )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_health_data_stays_in_the_country(tenant):
    assert document(tenant).data["jurisdiction"]["storage_regions"] == ["US"]
    is_needed(
        tenant, "leaves_united_states", action="disclose", categories={"phi.billing.claims"},
        purpose="billing.claims", recipient="vendor.cloud",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_a_restriction_for_self_paid_care_holds(tenant):
    is_needed(
        tenant, "self_pay_restricted", action="disclose", categories={"phi.billing.claims"},
        purpose="billing.claims", recipient="payer",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_practice_staff_are_checked_before_they_get_data(tenant):
    is_needed(
        tenant, "identity_verified", action="disclose", categories={"phi.billing.claims"},
        purpose="billing", recipient="practice.authorized",
    )  # fmt: skip


def test_ad_tools_need_a_public_page_and_a_choice():
    for fact in ("site_public_non_patient", "advertising_choice_yes", "not_a_patient"):
        is_needed(
            B, fact, action="track", categories={"web.pages"},
            purpose="marketing.audience_matching", recipient="adtech.social", subject="visitor",
        )  # fmt: skip
    sites = [site for tenant in TENANTS for site in document(tenant).data["sites"]]
    assert all(not site["trackers"] for site in sites if site["audience"] != "public")


def test_a_no_holds():
    for action, purpose, recipient in [
        ("track", "marketing.advertising", "adtech.network"),
        ("disclose", "marketing", "vendor.marketing"),
        ("track", "session_replay", "self"),
    ]:
        kind = "web.interaction" if purpose == "session_replay" else "web.pages"
        is_needed(
            B, "opt_out_signal", action=action, categories={kind}, purpose=purpose,
            recipient=recipient, subject="visitor",
        )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_every_kind_taken_is_listed(tenant):
    rules = policy(tenant)
    rows = document(tenant).data["collects"]
    listed = words_covered([row["category"] for row in rows], rules.words.categories)
    for question in questions(rules):
        request = question.request(best_facts(rules, question.request()))
        if decide(rules, request).is_allowed:
            assert set(question.categories) <= listed
    assert tenant == A or all(row["ccpa"] for row in rows)


def test_visit_answers_stay_with_safety():
    words = policy(B).words
    kinds = ["visit.health_screen", "visit.travel"]
    found = allowed_everywhere(
        B, ACTIONS, kinds, words.purposes, words.recipients, ["visitor", "event_attendee"]
    )
    purposes = {(question.action, question.purpose) for question in found}
    assert {purpose for action, purpose in purposes} == {
        "premises_safety",
        "provider_right",  # the person's own request
        "compliance",  # erasing
    }
    assert ("erase", "compliance") in purposes
    is_needed(
        B, "safety_notice_shown", action="collect", categories={"visit.travel"},
        purpose="premises_safety", recipient="self", subject="visitor",
    )  # fmt: skip


def test_no_listed_affiliate_no_sharing():
    for fact in ("affiliate_enumerated", "contract_active", "not_a_patient", "not_opted_out"):
        is_needed(
            B, fact, action="disclose", categories={"biz.contact"}, purpose="marketing",
            recipient="affiliate", subject="provider",
        )  # fmt: skip


def test_no_notice_no_survey_sharing():
    for fact in ("survey_notice_shown", "contract_active"):
        is_needed(
            B, fact, action="disclose", categories={"survey.responses"},
            purpose="research_survey", recipient="customer", subject="survey_participant",
        )  # fmt: skip


def test_no_source_no_contact():
    for kind in ("enrich.lead", "enrich.social", "enrich.partner"):
        is_needed(
            B, "source_recorded", action="collect", categories={kind},
            purpose="marketing.enrichment", recipient="self", subject="prospect",
        )  # fmt: skip


def test_typed_text_needs_masking():
    is_needed(
        B, "keystroke_content_masked", action="track", categories={"web.keystrokes"},
        purpose="session_replay", recipient="self", subject="visitor",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
def test_every_tracker_has_a_purpose_and_a_rule(tenant):
    for name, row in document(tenant).data["trackers"].items():
        decision = asked(
            tenant, action="track", categories=row["categories"], purpose=row["purpose"],
            recipient=row["vendor"], subject="visitor",
        )  # fmt: skip
        assert decision.is_allowed, name


def test_who_pays_for_a_vendor_needs_a_contract():
    is_needed(
        B, "contract_active", action="disclose", categories={"biz.contact"}, purpose="marketing",
        recipient="vendor.marketing", subject="provider",
    )  # fmt: skip


def test_authors_are_warned_before_they_post():
    is_needed(
        B, "author_warned", action="disclose", categories={"ugc.public"}, purpose="marketing",
        recipient="public", subject="provider",
    )  # fmt: skip


def test_accounts_are_linked_by_the_person_alone():
    is_needed(
        B, "user_linked_explicitly", action="collect", categories={"account.linked_profile"},
        purpose="service_communication", recipient="self", subject="provider",
    )  # fmt: skip


@pytest.mark.parametrize("tenant", TENANTS)
@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("disclose", "biz.contact"),
        ("disclose", "inquiry.message"),
        ("use", "account.username"),
        ("erase", "biz.contact"),
    ],
)
def test_practices_ask_for_their_data_and_prove_who_they_are(tenant, action, kind):
    is_needed(
        tenant, "identity_verified", action=action, categories={kind},
        purpose="provider_right", recipient="practice.authorized", subject="provider",
    )  # fmt: skip


@pytest.mark.parametrize("recipient", ["vendor.marketing", "vendor.cms", "vendor.web_analytics"])
def test_no_contract_no_marketing_vendor(recipient):
    for fact in ("contract_active", "not_a_patient", "not_opted_out"):
        is_needed(
            B, fact, action="disclose", categories={"inquiry.identity", "biz.commercial"},
            purpose="marketing", recipient=recipient,
        )  # fmt: skip
    words = policy(B).words
    outside = {*words.recipients} - {"self", "individual", "practice.authorized", "affiliate"}
    kinds = ("inquiry.identity", "biz.commercial", "web.pages", "web.geolocation")
    found = allowed_everywhere(
        B, ["disclose"], kinds, MARKETING, outside, ["prospect", "provider", "visitor"]
    )
    rules = {decide(policy(B), question).rule for question in found}
    assert rules == {"UB-14", "UB-15"}


@pytest.mark.parametrize("tenant", TENANTS)
def test_a_practice_s_people_are_known_before_they_get_data(tenant):
    is_needed(
        tenant, "identity_verified", action="disclose", categories={"phi.billing.claims"},
        purpose="billing.claims", recipient="practice.authorized",
    )  # fmt: skip
