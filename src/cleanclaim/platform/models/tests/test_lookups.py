import pytest
from django.db.models import F

from cleanclaim.platform.ids import new_id
from cleanclaim.platform.models.bulk import rows_insert
from cleanclaim.platform.models.scope import scope
from cleanclaim.platform.sealed.models import Keyset


@pytest.fixture
def ids(tenant, now, grant_for):
    with scope(grant_for(tenant.id, 1), at=now):
        made = {purpose: new_id() for purpose in ("a", 'b"', "c,d")}
        rows_insert(
            Keyset,
            (
                {
                    "id": row_id,
                    "tenant_id": tenant.id,
                    "practice_id": 1,
                    "purpose": purpose,
                    "wrapped": b"",
                }
                for purpose, row_id in made.items()
            ),
        )
        yield made


def purposes(**condition):
    return sorted(Keyset.objects.filter(**condition).values_list("purpose", flat=True))


def test_a_list_finds_what_is_in_it(ids):
    assert purposes(purpose__in=["a", 'b"', "x"]) == ["a", 'b"']
    assert purposes(purpose__in={"c,d": 1}.keys()) == ["c,d"]
    assert purposes(id__in=[ids["a"], str(ids["c,d"])]) == ["a", "c,d"]
    assert purposes(id__in={ids["a"], None}) == ["a"]
    assert purposes(id__in=[]) == []
    assert sorted(Keyset.objects.exclude(purpose__in=["a"]).values_list("purpose", flat=True)) == [
        'b"',
        "c,d",
    ]


def test_a_list_is_one_parameter(ids):
    sql, params = Keyset.objects.filter(id__in=ids.values()).query.sql_with_params()
    assert "ANY (%s::uuid[])" in sql
    assert sorted(params[-1]) == sorted(map(str, ids.values()))


def test_queries_and_expressions_stay_as_they_are(ids):
    assert purposes(id__in=Keyset.objects.filter(purpose="a").values("id")) == ["a"]
    assert purposes(purpose__in=[F("purpose")]) == sorted(ids)
