"""One capability enters another only through its `public.py`; layers cannot see this."""

import grimp
import pytest

APPS = "cleanclaim.apps"
# config puts everything together and is no capability.
INSIDE = ("cleanclaim.apps.", "cleanclaim.web.", "cleanclaim.platform.")
# (importing, imported) and why the door does not do; starts empty.
EXEMPT: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("cleanclaim", cache_dir=None)


def trespasses(imports):
    """Name the imports that reach past a door.

    Args:
        imports: Pairs of importing and imported module.
    """
    found = []
    for importer, imported in imports:
        is_ours = imported.startswith(f"{APPS}.") and importer.startswith(INSIDE)
        if not is_ours or ".tests" in importer:
            continue
        capability = ".".join(imported.split(".")[:3])
        inside = importer == capability or importer.startswith(f"{capability}.")
        is_door = imported in {capability, f"{capability}.public"}
        if not inside and not is_door and (importer, imported) not in EXEMPT:
            found.append(f"{importer} reaches past the door of {capability}: {imported}")
    return found


def test_capabilities_are_entered_through_their_doors(graph):
    imports = [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    ]
    assert trespasses(imports) == []


def test_a_look_past_a_door_is_seen():
    assert trespasses([(f"{APPS}.claims.services", f"{APPS}.patients.models")])
    assert not trespasses([(f"{APPS}.claims.services", f"{APPS}.patients.public")])
    assert not trespasses([(f"{APPS}.claims.services", f"{APPS}.claims.models")])


def test_no_exemption_outlives_its_need(graph):
    for importer, imported in EXEMPT:
        assert imported in graph.find_modules_directly_imported_by(importer)
