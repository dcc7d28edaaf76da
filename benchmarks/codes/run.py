"""Sizes and speeds of the code tables at full size: `python benchmarks/codes/run.py`.

Makes NCCI and MUE in the official format, loads them with ICD-10-CM (from the dependency) and
HCPCS (from the samples where they are present, else made), and measures with fresh processes.
"""

import csv
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from cleanclaim.apps.codes.builtin import builtin_install
from cleanclaim.apps.codes.loading import codes_load
from cleanclaim.apps.codes.store import Store
from cleanclaim.core.codes import Setting, Table
from cleanclaim.core.codes.made import (
    HOSPITAL_PAIRS,
    PRACTITIONER_PAIRS,
    Chance,
    made_codes,
    made_mue,
    made_ptp,
)
from cleanclaim.core.codes.search import Searcher

ROOT = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("CLEANCLAIM_SAMPLES", ROOT.parent / "shared" / "samples"))
DAY = date(2026, 11, 22)
DIAGNOSIS_DAY = date(2026, 9, 1)
LOOKUPS = 100_000
RUNS = 5
QUESTIONS = (
    "heart attack",
    "high blood pressure",
    "kidney stones",
    "pink eye",
    "sugar diabetes",
    "broken hip",
    "fracture of unspecified part of neck of right femur",
    "type 2 diabetes mellitus with diabetic chronic kidney disease",
    "encounter for screening for malignant neoplasm of colon",
    "pain",
    "unspecified injury of left lower leg",
    "d",
    "diab",
    "E11",
    "S72.00",
)


def write(folder, files):
    paths = []
    for name, lines in files:
        path = folder / name
        with path.open("w", newline="") as file:
            file.writelines(lines)
        paths.append(path)
    return paths


def hcpcs_file(folder):
    path = folder / "HCPC2026_OCT_ANWEB.txt"
    sample = SAMPLES / "code_sets" / "hcpcs" / "hcpcs_level2_2019.csv"
    rows = []
    if sample.is_file():
        with sample.open(newline="") as file:
            rows = [
                (r["code"], r["short_description"], r["long_description"])
                for r in csv.DictReader(file)
            ]
    else:
        rows = [(c, f"made {c}", f"made up supply number {c}") for c in made_codes() if c > "9"]
    with path.open("w", newline="") as file:
        for code, short, long in rows:
            for place in range(0, max(len(long), 1), 80):
                kind = "4" if place else "3"
                line = f"{code:<5}{place // 80 + 1:05d}{kind}{long[place : place + 80]:<80}"
                line += f"{'' if place else short:<28}"
                file.write(line.ljust(268) + "19960101" + " " * 44 + "\r\n")
    return path


def timed(words, function):
    start = time.perf_counter()
    result = function()
    print(f"{words:<58} {time.perf_counter() - start:10.2f} s")
    return result


def prepare(folder):
    store = Store(folder / "codes")
    timed("new installation: ICD-10-CM from the dependency, lists", lambda: builtin_install(store))
    for kind, pairs in (("ccipra", PRACTITIONER_PAIRS), ("ccioph", HOSPITAL_PAIRS)):
        paths = timed(f"make {kind}", lambda k=kind, p=pairs: write(folder, made_ptp(k, p)))
        loaded = timed(f"load {kind}", lambda p=paths: codes_load(store, p))
        print(f"{'':4}{loaded.releases[0].rows:,} pairs")
        for path in paths:
            path.unlink()
    timed("load MUE, three settings", lambda: codes_load(store, write(folder, made_mue())))
    timed("load HCPCS", lambda: codes_load(store, [hcpcs_file(folder)]))
    print(f"{'peak of the loading process':<58} {memory('VmHWM'):10.0f} MB")
    return store


def memory(field):
    """Read a figure of this process; VmHWM is its peak, RssAnon its own part, RssFile the maps."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith(field + ":"))


def sizes(store):
    total = 0
    for release in store.code_set().releases:
        size = (store.folder / "releases" / f"{release.release_id}.codes").stat().st_size
        total += size
        if size > 100_000:
            print(f"    {release.table:<22} {release.rows:>10,} rows {size / 1e6:8.1f} MB")
    print(f"{'all files, mapped once per machine':<58} {total / 1e6:10.1f} MB")


def pairs_of(tables):
    """Pairs with an edit from all over the table, and pairs at random; codes shared as in life."""
    codes, chance = {code: code for code in made_codes()}, Chance(7)
    release = tables.release(Table.PTP_PRACTITIONER, DAY)
    edits = [
        (codes[edit.column_1], codes[edit.column_2])
        for place, edit in enumerate(tables.mapped(release).all_rows())
        if place % 26 == 0
    ]
    names = list(codes)
    hits = [edits[chance.below(len(edits))] for _ in range(LOOKUPS)]
    others = [
        (names[chance.below(len(names))], names[chance.below(len(names))]) for _ in range(LOOKUPS)
    ]
    return hits, others


def best(words, count, function, note=""):
    """The best of some runs, in processor time: other programs may run on the machine."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    print(f"{words:<58} {min(times) / count * 1e6:10.2f} us   {note}")


def measure(store):
    start = time.perf_counter()
    tables = store.open()
    print(f"{'open all tables':<58} {(time.perf_counter() - start) * 1000:10.2f} ms")
    hits, others = pairs_of(tables)
    some = [hits[place % 2_000] for place in range(LOOKUPS)]
    mixed = [pair for pairs in zip(hits, others, others, others, strict=True) for pair in pairs]

    def ask(pairs):
        find = tables.ptp
        for one, two in pairs:
            find(one, two, DAY, Setting.PRACTITIONER)

    best("PTP pair: one of four has an edit", len(mixed), lambda: ask(mixed))
    best("PTP pair: 2,000 edits again and again", LOOKUPS, lambda: ask(some))
    best("PTP pair: no edit", LOOKUPS, lambda: ask(others))
    best("PTP pair: any of all edits, each once", LOOKUPS, lambda: ask(hits))
    codes = made_codes()
    best("MUE", len(codes), lambda: [tables.mue(c, DAY, Setting.PRACTITIONER) for c in codes])
    rows = tables.mapped(tables.release(Table.DIAGNOSIS, DIAGNOSIS_DAY)).all_rows()
    names = [row.code for place, row in enumerate(rows) if place % 10 == 0]
    best("diagnosis", len(names), lambda: [tables.diagnosis(n, DIAGNOSIS_DAY) for n in names])
    start = time.process_time()
    fresh = store.open()
    for name in names:
        fresh.diagnosis(name, DIAGNOSIS_DAY)
    each = (time.process_time() - start) / len(names) * 1e6
    print(f"{'diagnosis, each code for the first time':<58} {each:10.2f} us")
    searching(tables)
    print(f"{'asking process: own memory':<58} {memory('RssAnon'):10.0f} MB")
    print(f"{'asking process: mapped pages, shared by all':<58} {memory('RssFile'):10.0f} MB")


def searching(tables):
    searcher = Searcher(tables)
    start = time.perf_counter()
    searcher.search(QUESTIONS[0], DIAGNOSIS_DAY)
    print(f"{'search, the first question':<58} {(time.perf_counter() - start) * 1000:10.2f} ms")
    times = []
    for question in QUESTIONS:
        runs = []
        for _ in range(RUNS):
            start = time.process_time()
            searcher.search(question, DIAGNOSIS_DAY)
            runs.append((time.process_time() - start) * 1000)
        times.append(min(runs))
    print(f"{'search, median of the questions':<58} {statistics.median(times):10.2f} ms")
    print(f"{'search, slowest of the questions':<58} {max(times):10.2f} ms")


def peer(store, folder):
    """The same pairs in SQLite, the usual way."""
    tables = store.open()
    hits, others = pairs_of(tables)
    mixed = [pair for pairs in zip(hits, others, others, others, strict=True) for pair in pairs]
    base = sqlite3.connect(folder / "peer.sqlite")
    base.execute(
        "create table ptp (a text, b text, s text, e text, m text, primary key (a, b, s)) "
        "without rowid"
    )
    release = tables.release(Table.PTP_PRACTITIONER, DAY)
    rows = (
        (r.column_1, r.column_2, str(r.start or ""), str(r.end or "9"), r.modifier_indicator)
        for r in tables.mapped(release).all_rows()
    )
    base.executemany("insert or ignore into ptp values (?, ?, ?, ?, ?)", rows)
    base.commit()
    question, day = "select m from ptp where a = ? and b = ? and s <= ? and e >= ?", str(DAY)
    mixed = mixed[:LOOKUPS]

    def ask():
        for one, two in mixed:
            base.execute(question, (one, two, day, day)).fetchone()

    size = (folder / "peer.sqlite").stat().st_size / 1e6
    best("peer: SQLite, one of four has an edit", len(mixed), ask, f"({size:.0f} MB)")


def package():
    start = time.perf_counter()
    import simple_icd_10_cm  # noqa: F401, PLC0415  its import is what is measured

    seconds = time.perf_counter() - start
    print(
        f"{'peer: import of simple-icd-10-cm':<58} {seconds:10.2f} s    ({memory('VmHWM'):.0f} MB)"
    )


def main():
    if len(sys.argv) > 2:
        folder = Path(sys.argv[2])
        store = Store(folder / "codes")
        {
            "measure": lambda: measure(store),
            "peer": lambda: peer(store, folder),
            "package": package,
        }[sys.argv[1]]()
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = prepare(folder)
        sizes(store)
        sys.stdout.flush()
        for part in ("measure", "peer", "package"):
            subprocess.run([sys.executable, __file__, part, name], check=True)


if __name__ == "__main__":
    main()
