"""Releases side by side, one set in force, switched in one step; a refusal changes nothing."""

import io
import subprocess
import sys
import zipfile
from datetime import date

import pytest

from cleanclaim.apps.codes import loading, public
from cleanclaim.apps.codes import store as store_module
from cleanclaim.apps.codes.loading import codes_load
from cleanclaim.apps.codes.store import Store
from cleanclaim.config.cli import main
from cleanclaim.core.codes import Missing, Setting, Table
from cleanclaim.core.codes.made import made_mue, made_ptp
from cleanclaim.kernel.refusal import Refusal

DAY = date(2026, 11, 22)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "home" / "codes")


def put(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def pos(folder, year, extra=""):
    return put(folder, f"place_of_service_{year}.csv", f"code,display\n11,Office {year}\n{extra}")


def snapshot(store):
    return {
        str(path.relative_to(store.folder)): path.read_bytes()
        for path in store.folder.rglob("*")
        if path.is_file()
    }


def test_releases_stand_side_by_side_and_the_day_chooses(store, tmp_path):
    codes_load(store, [pos(tmp_path, 2025)])
    codes_load(store, [pos(tmp_path, 2026)])
    tables = store.open()
    assert len(tables.releases) == 2
    assert tables.place_of_service("11", date(2025, 12, 31)).words == "Office 2025"
    assert tables.place_of_service("11", date(2026, 1, 1)).words == "Office 2026"


def test_an_older_set_answers_as_before(store, tmp_path):
    before = codes_load(store, [pos(tmp_path, 2026)]).code_set.set_id
    codes_load(store, [put(tmp_path, "place_of_service_2026.csv", "code,display\n11,Surgery\n")])
    assert store.open().place_of_service("11", DAY).words == "Surgery"
    assert store.open(before).place_of_service("11", DAY).words == "Office 2026"
    with pytest.raises(Refusal, match="no set"):
        store.open("123456789abc")
    with pytest.raises(Refusal):
        store.open("../../etc/passwd")


def test_the_same_file_again_changes_nothing(store, tmp_path):
    first = codes_load(store, [pos(tmp_path, 2026)])
    before = snapshot(store)
    again = codes_load(store, [pos(tmp_path, 2026)])
    assert (first.is_new, again.is_new, again.code_set) == (True, False, first.code_set)
    assert snapshot(store) == before


REFUSED = [
    ("another layout", "place_of_service_2027.csv", "number,display\n11,Office\n", "'CODE'"),
    ("cut", "place_of_service_2027.csv", "code,display\n11,Off", "cut short"),
    ("shifted", "place_of_service_2027.csv", "code,display\nx,11,Office\n", "no code of the list"),
    ("smaller", "place_of_service_2027.csv", "code,display\n11,Office\n", "--allow-smaller"),
    ("unknown", "x.txt", "nothing\n", "say --as"),
    ("workbook", "x.xlsx", "PK", "not the workbook"),
]


@pytest.mark.parametrize(("case", "name", "text", "says"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_refused_file_changes_nothing(store, tmp_path, case, name, text, says):
    codes_load(store, [pos(tmp_path, 2026, "12,Home\n13,Assisted\n")])
    before = snapshot(store)
    with pytest.raises(Refusal) as refused:
        codes_load(store, [put(tmp_path, name, text)])
    assert says in refused.value.message
    assert snapshot(store) == before


def test_a_good_file_beside_a_bad_one_is_not_loaded_either(store, tmp_path):
    bad = put(tmp_path, "revenue_2026.csv", "code,display\n45,x\n")
    with pytest.raises(Refusal):
        codes_load(store, [pos(tmp_path, 2026), bad])
    assert store.current_id() == "empty"


def test_a_crash_before_the_switch_leaves_the_set_in_force(store, tmp_path, monkeypatch):
    codes_load(store, [pos(tmp_path, 2025)])
    before = store.current_id()
    whole = store_module._write

    def crash(path, data):
        if path.name == "current":
            raise OSError(28, "No space left on device")
        whole(path, data)

    monkeypatch.setattr(store_module, "_write", crash)
    with pytest.raises(OSError, match="No space"):
        codes_load(store, [pos(tmp_path, 2026)])
    monkeypatch.undo()
    assert store.current_id() == before
    assert store.open().place_of_service("11", DAY).words == "Office 2025"
    assert codes_load(store, [pos(tmp_path, 2026)]).is_new


def test_a_cut_at_a_lines_end_is_seen_by_its_size_alone(store, tmp_path, monkeypatch):
    codes_load(store, [pos(tmp_path, 2026, "12,Home\n13,Assisted\n")])
    small = pos(tmp_path, 2027)
    assert codes_load(store, [small], allow_smaller=True).is_new
    store.switch(store.code_set().releases[:1])
    monkeypatch.setattr(loading, "_SMALLEST_SHARE", 0.0)  # the guard taken away
    codes_load(store, [small])


def test_zips_in_zips_and_the_encoding_of_windows(store, tmp_path):
    name, lines = next(made_mue())
    text = "".join(lines).replace("Made up", "Made\N{EN DASH}up")
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(name, text.encode("cp1252"))
        archive.writestr("readme.pdf", b"%PDF")
    path = tmp_path / "mue.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
    loaded = codes_load(store, [path])
    assert [r.table for r in loaded.releases] == [Table.MUE_PRACTITIONER]
    assert loaded.releases[0].source[0].startswith("mue.zip sha256:")


def test_what_only_lies_in_the_archive_is_left_out_and_named(store, tmp_path):
    path = tmp_path / "2027-code-tables.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("place_of_service_2027.csv", "code,display\n11,Office\n")
        archive.writestr("place_of_service_2027.txt", "11 Office\n")
        archive.writestr("HCPC2027_recordlayout.txt", "A layout\n")
        archive.writestr("something.csv", "a,b\n1,2\n")
    loaded = codes_load(store, [path])
    assert [r.table for r in loaded.releases] == [Table.PLACE_OF_SERVICE]
    assert len(loaded.left_out) == 3
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("something.csv", "a,b\n1,2\n")
    with pytest.raises(Refusal, match="No code table was found among something"):
        codes_load(store, [path])


def test_a_new_quarter_outgrows_the_older_edits(store, tmp_path):
    for release, day in (("v322r0", "20260701"), ("v323r0", "20261001")):
        parts = made_ptp("ccipra", 4000, release=release, quarter_day=day)
        codes_load(store, [put(tmp_path, name, "".join(lines)) for name, lines in parts])
    tables = store.open()
    assert [r.last_day for r in tables.releases] == [date(2026, 12, 31)]
    edit = next(iter(tables.mapped(tables.releases[0]).all_rows()))
    assert tables.ptp(edit.column_1, "00000", DAY, Setting.PRACTITIONER) is Missing.UNKNOWN


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANCLAIM_HOME", str(tmp_path_factory.mktemp("home")))
        yield tmp_path_factory
        public._open.clear()


def test_a_new_installation_works_at_once_and_says_what_it_holds(home, capsys):
    assert main(["codes", "list"]) == 0
    said = capsys.readouterr().out
    assert "ICD-10-CM from 2026-04-01 (simple-icd-10-cm" in said
    assert "to 2026-09-30" in said
    assert "Not loaded, so not checked: " in said
    assert main(["codes", "show", "E11.9", "--on", "2026-09-01"]) == 0
    assert (
        "E119 Type 2 diabetes mellitus without complications (billable)" in capsys.readouterr().out
    )
    assert main(["codes", "show", "99213", "--on", "2026-09-01"]) == 1
    assert "not checked: not loaded" in capsys.readouterr().out
    assert main(["codes", "search", "heart", "attack", "--on", "2026-09-01"]) == 0
    assert "Acute myocardial infarction" in capsys.readouterr().out
    assert main(["codes", "search", "pain", "--on", "2027-01-01"]) == 0
    assert "No release of icd10cm covers 2027-01-01" in capsys.readouterr().out


def test_a_load_is_in_force_at_once_in_a_running_process(home, capsys):
    day = date(2026, 9, 1)
    assert public.codes_tables().modifier("LT", day)
    before = public.codes_tables().set_id
    assert (
        public.codes_tables().carc("45", day).words == "Charge above the fee schedule or contract"
    )
    path = put(home.mktemp("in"), "carc_2026.csv", "code,display\n45,Own words\n16,Other words\n")
    assert main(["codes", "load", str(path)]) == 0
    assert public.codes_tables().carc("45", day).words == "Own words"
    assert public.codes_tables().carc("1", day) is Missing.UNKNOWN
    assert public.codes_tables(before).carc("1", day)
    assert main(["codes", "update"]) == 0
    assert public.codes_tables().carc("45", day).words == "Own words"
    bad = put(home.mktemp("in"), "rarc_2026.csv", "number,display\nN1,x\n")
    assert main(["codes", "load", str(bad)]) == 1
    assert "no column 'CODE'" in capsys.readouterr().err


CHECKED = [
    ("icd10cm", "E119", "20260901", True),
    ("icd10cm", "E11", "20260901", False),
    ("icd10cm", "E119X", "20260901", False),
    ("icd10cm", "E119", "20261122", None),
    ("pos", "11", "20261122", True),
    ("pos", "10", "20211231", False),
    ("modifier", "25", "20261122", True),
    ("modifier", "ZZ", "20261122", None),
    ("hcpcs", "99213", "20261122", None),
    ("taxonomy", "207Q00000X", "20261122", None),
    ("npi", "1234567893", "20261122", None),
    ("pos", "11", "", None),
    ("pos", "11", "20261301", None),
]


@pytest.mark.parametrize(("system", "code", "on", "says"), CHECKED)
def test_the_checker_is_told_what_was_checked(home, system, code, on, says):
    assert public.codes_checker().has(system, code, on) is says


def test_the_command_needs_no_django():
    asked = (
        "import sys; from cleanclaim.config.cli import main; main(['codes', 'list']); "
        "sys.exit(any(name.startswith(('django', 'psycopg')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", asked], check=False, stdout=-3).returncode == 0
