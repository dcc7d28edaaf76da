"""How fast claims are checked with full-size tables: `python benchmarks/scrub/run.py [FOLDER]`.

Tables: NCCI and MUE made in the official format at full size, ICD-10-CM from the dependency, HCPCS,
and a physician fee schedule, add-on codes and patient edits made at full size. They are kept in
FOLDER, if given, for the next run.
"""

import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "codes"))

import run as codes_run  # the benchmark of the code tables makes and loads the large ones

from cleanclaim.apps.codes.store import Store
from cleanclaim.core.claim import (
    Claim,
    ClaimLine,
    Coverage,
    Diagnosis,
    Patient,
    Payer,
    PersonName,
    Provider,
    Subscriber,
)
from cleanclaim.core.codes.fees import PhysicianFee
from cleanclaim.core.codes.made import Chance, made_codes
from cleanclaim.core.codes.mapped import (
    MappedRelease,
    MappedTables,
    release_bytes,
    release_sections,
)
from cleanclaim.core.codes.records import (
    AddOn,
    AddOnPrimary,
    ArticleCode,
    ArticleDiagnosis,
    CodeEdits,
    Listed,
    Mue,
    NppesProvider,
    Procedure,
)
from cleanclaim.core.codes.release import Release, Table
from cleanclaim.core.scrub import (
    PRODUCT_PLAN,
    Eligibility,
    HistoryLine,
    PatientHistory,
    PayerProfile,
    ScrubContext,
    claim_findings,
    compile_plan,
    run_plan,
)
from cleanclaim.core.scrub.language import OwnRule, compile_rule

DAY = date(2026, 9, 15)
CLAIMS = 20_000
BATCH = 50_000
OWN_RULES = 100
VISITS = ("99212", "99213", "99214", "99215")
WORK = ("10060", "11102", "17000", "20610", "29881", "45378", "64483", "93000", "96372", "94010")
TESTS = ("80053", "85025", "83036", "84443", "71046", "72148", "73630", "76700", "93306", "81002")
DIAGNOSES = ("E119", "I10", "M5450", "J069", "R079", "M25561", "K219", "F411", "N390", "R5383")
MODIFIERS = ("24", "25", "26", "50", "51", "57", "59", "76", "78", "79", "95", "LT", "RT", "TC")
DEFECTS = ("no_25", "units", "twice", "no_pointer", "bad_code", "old_diagnosis")
DEFECT_SHARE = 0.2
NAME = PersonName(last="Synthetic", first="Sam")


def mapped(table, rows):
    release = Release(
        table=table,
        release_id=f"{table}-made",
        first_day=date(2020, 1, 1),
        last_day=date(2026, 12, 31),
        history_from=date(2020, 1, 1),
    )
    _, sections = release_sections(rows)
    return MappedRelease(release_bytes(release, sections))


def made_fees():
    chance = Chance(3)
    days = ("000", "010", "090", "XXX", "XXX", "XXX", "ZZZ")
    for code in sorted({*made_codes(), *VISITS, *WORK, *TESTS}):
        yield PhysicianFee(
            code=code,
            status="A",
            global_days="XXX" if code in VISITS or code in TESTS else days[chance.below(7)],
            work_rvu=Decimal(chance.below(2000)) / 100,
            nonfacility_total=Decimal(chance.below(4000)) / 100,
            facility_total=Decimal(chance.below(3000)) / 100,
            multiple="0234567"[chance.below(7)],
            bilateral="01239"[chance.below(5)],
            assistant="0129"[chance.below(4)],
            conversion_factor=Decimal("32.3465"),
        )


def made_tables(store):
    codes, chance = made_codes(), Chance(5)
    addons = [
        AddOn(code=code, kind="123"[chance.below(3)], primaries=(AddOnPrimary(code=code),))
        for place, code in enumerate(codes)
        if place % 5 == 0
    ]
    edits = [
        CodeEdits(code=code, kind="D", age_low=0, age_high=124) for code in (*DIAGNOSES, *codes)
    ]
    articles = [
        ArticleCode(
            code=code, article_id=f"A{place}", diagnosis_groups=("covered",), contractors=("01111",)
        )
        for place, code in enumerate(codes[::6])
    ]
    every = sorted({*codes, *VISITS, *WORK, *TESTS})
    opened = store.open()
    made = [
        mapped(Table.PHYSICIAN_FEE, made_fees()),
        mapped(Table.ADD_ON, addons),
        mapped(
            Table.MUE_PRACTITIONER,
            [
                Mue(code=code, units=1 + chance.below(20), adjudication_indicator="123"[place % 3])
                for place, code in enumerate(every)
            ],
        ),
        mapped(Table.CODE_EDITS, edits),
        mapped(Table.CPT, [Procedure(code=code) for code in every if code < "A"]),
        mapped(Table.MODIFIER, [Listed(code=code) for code in MODIFIERS]),
        mapped(Table.TAXONOMY, [Listed(code="207Q00000X")]),
        mapped(Table.TELEHEALTH, [Listed(code=code) for code in VISITS]),
        mapped(Table.CLIA_WAIVED, [Listed(code="81002")]),
        mapped(Table.COVERAGE, articles),
        mapped(
            Table.COVERAGE_DIAGNOSIS,
            [ArticleDiagnosis(article_id="A1", code="I10", is_covered=True)],
        ),
        mapped(
            Table.PROVIDER,
            [
                NppesProvider(npi="1234567893", entity_type="2"),
                NppesProvider(npi="1999999984", entity_type="1"),
                NppesProvider(npi="1999999992", entity_type="1"),
            ],
        ),
    ]
    taken = {item.release.table for item in made}
    releases = [item for item in store.code_set().releases if item.table not in taken]
    return MappedTables("bench", [*(opened.mapped(item) for item in releases), *made])


def made_claim(number, chance):
    group = Provider(npi="1234567893", name="Group", taxonomy_code="207Q00000X", tax_id="123456789")
    doctor = Provider(npi="1999999984", name="Doc", first="D", taxonomy_code="207Q00000X")
    payer = Payer(payer_id=f"P{number % 5}", name="Payer", filing_indicator="CI")
    person = Subscriber(name=NAME, member_id="SYNTHETIC1")
    dos = DAY - timedelta(chance.randrange(1, 40))
    defect = chance.choice(DEFECTS) if chance.random() < DEFECT_SHARE else ""
    codes = [chance.choice(VISITS), chance.choice(WORK), *chance.sample(TESTS, 2)]
    if defect == "twice":
        codes[3] = codes[2]
    if defect == "bad_code":
        codes[1] = "99998"
    lines = tuple(
        ClaimLine(
            line_number=str(place + 1),
            procedure_code=code,
            charge_cents=chance.randrange(2000, 90000),
            service_date=dos,
            modifiers=("25",) if place == 0 and defect != "no_25" else (),
            units=Decimal(99 if defect == "units" and place == 2 else 1),
            diagnosis_pointers=() if defect == "no_pointer" else (1 + place % 3,),
        )
        for place, code in enumerate(codes)
    )
    diagnoses = chance.sample(DIAGNOSES, 3)
    if defect == "old_diagnosis":
        diagnoses[1] = "M545"
    orders = Provider(npi="1999999992", name="Other", first="O")
    return Claim(
        claim_number=f"C{number}",
        coverages=(Coverage(rank=1, payer=payer, subscriber=person),),
        patient=Patient(
            name=NAME, birth_date=date(chance.randrange(1936, 2010), 5, 5), sex=chance.choice("FM")
        ),
        billing=group,
        rendering=doctor,
        place_of_service="11",
        clia_number="05D1234567",
        referring=orders,
        diagnoses=tuple(Diagnosis(code=code) for code in diagnoses),
        lines=lines,
    )


def made_history(claim, chance):
    """Give half of the patients six earlier lines."""
    if chance.random() < 0.5:
        return PatientHistory()
    lines = tuple(
        HistoryLine(
            claim_number=f"H{place}",
            service_date=claim.first_service_date - timedelta(chance.randrange(20, 900)),
            procedure_code=chance.choice((*VISITS, *TESTS)),
            rendering_npi="1999999984",
            billing_npi="1234567893",
            taxonomy_code="207Q00000X",
        )
        for place in range(6)
    )
    return PatientHistory(lines=lines, years_known=3)


def made_work(tables, count, seed):
    chance = random.Random(seed)
    kinds = ("commercial", "commercial", "medicare", "medicaid", "commercial")
    payers = [
        PayerProfile(payer_id=f"P{place}", kind=kind, filing_days=180)
        for place, kind in enumerate(kinds)
    ]
    for number in range(count):
        claim = made_claim(number, chance)
        checked = claim.first_service_date - timedelta(3)
        yield (
            claim,
            ScrubContext(
                tables=tables,
                day=DAY,
                payer=payers[number % 5],
                history=made_history(claim, chance),
                eligibility=Eligibility(status="active", checked_date=checked),
            ),
        )


def own_plan():
    rules = [
        OwnRule(
            rule_id=f"OWN-{n}",
            when=f'line.procedure_code = "{10000 + 9 * n}" and line.modifiers lacks "59"'
            if n % 2
            else f'payer.payer_id = "P{n}" and any line (line.units > {5 + n})',
            message="Check {claim.place_of_service}.",
            effective_date=date(2026, 1, 1),
        )
        for n in range(OWN_RULES)
    ]
    return compile_plan([compile_rule(rule) for rule in rules])


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def say(words, value):
    print(f"{words:<60} {value}")


def check_all(folder, count, seed, queue=None):
    tables = made_tables(Store(folder / "codes"))
    start = time.process_time()
    found = sum(len(claim_findings(*item)) for item in made_work(tables, count, seed))
    seconds = time.process_time() - start
    if queue is not None:
        queue.put((found, seconds, peak()))


def measure(folder):
    tables = made_tables(Store(folder / "codes"))
    work = list(made_work(tables, CLAIMS, 1))
    for item in work[:200]:
        claim_findings(*item)
    own = own_plan()
    for words, check in (
        ("the product's rules", lambda item: run_plan(PRODUCT_PLAN, *item)),
        ("corrections tried", lambda item: claim_findings(*item)),
        ("and 100 own rules", lambda item: claim_findings(*item, own)),
    ):
        times, codes, held = [], Counter(), 0
        clock = time.process_time
        begin = clock()
        for item in work:
            start = clock()
            findings = check(item)
            times.append(clock() - start)
            codes.update(finding.code for finding in findings)
            held += any(finding.severity == "blocks" for finding in findings)
        rate = CLAIMS / (clock() - begin)
        times.sort()
        say(f"claims a second of one core, 4 lines, {words}", f"{rate:,.0f}")
        middle, high = statistics.median(times), times[int(len(times) * 0.99)]
        say(
            "    one claim: median, 99th of 100, slowest, in ms",
            f"{middle * 1e3:.2f} {high * 1e3:.2f} {times[-1] * 1e3:.2f}",
        )
        say(
            "    findings a claim, share of claims held",
            f"{codes.total() / CLAIMS:.1f} {held / CLAIMS:.0%}",
        )
    say("most frequent", ", ".join(f"{c} {n}" for c, n in codes.most_common(8)))


def batch(folder):
    context = get_context("spawn")
    queue = context.Queue()
    start = time.perf_counter()
    workers = [
        context.Process(target=check_all, args=(folder, BATCH // 2, seed, queue)) for seed in (1, 2)
    ]
    for worker in workers:
        worker.start()
    results = [queue.get() for _ in workers]
    for worker in workers:
        worker.join()
    say(
        f"{BATCH:,} claims in two processes, start included, seconds",
        f"{time.perf_counter() - start:.1f}",
    )
    say(
        "processor seconds of each, making the claims included",
        f"{results[0][1]:.1f} {results[1][1]:.1f}",
    )
    say(
        "peak of each process, touched pages of mapped tables included, MB",
        f"{results[0][2]:.0f} {results[1][2]:.0f}",
    )


def main(folder):
    if not (folder / "codes").exists():
        codes_run.prepare(folder)
    batch(folder)
    measure(folder)
    say("peak of the measuring process with all claims in memory, MB", f"{peak():.0f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as name:
            main(Path(name))
