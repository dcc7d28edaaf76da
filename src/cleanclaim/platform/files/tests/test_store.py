import hashlib

import pytest
from django.db import connection

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.platform.files import store
from cleanclaim.platform.files.models import StoredFile
from cleanclaim.platform.models.scope import tenant_scope


@pytest.fixture
def opened(tenant, now):
    with tenant_scope(tenant.id, actor="a", at=now):
        yield tenant


def test_a_file_comes_back_whole_and_is_kept_once(opened, now, grant_for, monkeypatch):
    monkeypatch.setattr(store, "PIECE_BYTES", 10)
    content = b"ISA*00*patient Roe" * 3
    file, is_new = store.file_put(content, name="ROE_JANE.835", kind="835", at=now)
    again, is_new_again = store.file_put(content, name="other", kind="835", at=now)
    assert (is_new, is_new_again, again.id) == (True, False, file.id)
    grant, holds = grant_for(opened.id, 1), frozenset({"phi.billing.payments"})
    assert store.file_read(grant, file, holds) == content
    with pytest.raises(Refusal, match=r"^grant_wrong_data:"):
        store.file_read(grant_for(opened.id, 1, categories=("biz",)), file, holds)
    assert store.file_name(file) == "ROE_JANE.835"
    found = store.files_by_digest([hashlib.sha256(content).digest(), b"x"])
    assert [one.id for one in found.values()] == [file.id]
    empty, _ = store.file_put(b"", name="empty", kind="835", at=now)
    assert store.file_read(grant, empty, holds) == b""


def test_nothing_of_a_file_stands_readable_in_the_database(opened, now):
    store.file_put(b"patient Roe" * 9, name="ROE_JANE.835", kind="835", at=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(f::text || p::text, '') FROM files_storedfile f"
            " JOIN files_filepiece p ON p.file_id = f.id"
        )
        text = cursor.fetchone()[0]
    for plain in (b"Roe", b"ROE_JANE"):
        assert plain.hex() not in text
        assert plain.decode() not in text


def test_another_tenant_keeps_the_same_content_for_itself(opened, now):
    store.file_put(b"one", name="n", kind="835", at=now)
    assert StoredFile.objects.count() == 1
