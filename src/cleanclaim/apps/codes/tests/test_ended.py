"""What an installation says of the releases it holds once they have ended."""

from datetime import date, timedelta

import pytest

from cleanclaim.apps.codes.public import (
    Table,
    codes_ended,
    codes_releases,
    codes_store,
    codes_tables,
    diagnosis_line,
    ended_words,
)


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLEANCLAIM_HOME", str(tmp_path_factory.mktemp("home")))
        yield


def test_a_new_installation_says_which_release_it_holds_and_when_it_ends():
    tables = codes_tables()
    last = tables.last_day(Table.DIAGNOSIS)
    assert diagnosis_line(tables, last).endswith(f"in force to {last}.")
    after = diagnosis_line(tables, last + timedelta(1))
    assert f"ended on {last}" in after
    assert "codes load" in after


def test_only_releases_without_a_successor_have_ended():
    last = codes_tables().last_day(Table.DIAGNOSIS)
    assert Table.DIAGNOSIS not in {one.table for one in codes_ended(last)}
    ended = [one for one in codes_ended(last + timedelta(1)) if one.table == Table.DIAGNOSIS]
    assert len(ended) == 1
    assert str(last) in ended_words(ended[0])


def test_a_check_s_set_of_releases_can_be_named_and_a_lost_one_is_none():
    current = codes_store().current_id()
    assert {one.table for one in codes_releases(current)} >= {Table.DIAGNOSIS}
    assert codes_releases("0123456789ab") == ()
    assert date.max > codes_releases(current)[0].first_day
