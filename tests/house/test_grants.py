"""No act on a person's data without a grant: no function can go around it.

What is looked for in the source: the rows of practices, files, raw SQL, bulk writes, ways out of
the house, other managers than the scoped one, and grants that `decide` did not make. That each
refuses at run time, and that the refusal is recorded: test_grants_used.py.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "cleanclaim"
# What opens rows or files, or writes them out; a function that calls one of them takes a grant.
OPENERS = {"cursor", "raw", "RawSQL", "rows_insert", "rows_update", "file_pieces", "Workbook"}
# What asks the grant; raw SQL does not do so by itself, as the managers and `send` do.
CHECKS = {"under", "refuse_unless_allowed", "refuse_other_data", "rows_insert"}
UNCHECKED = {"cursor", "raw", "RawSQL"}
# Doors to the world, and the only modules that hold one.
DOORS = {
    "asyncssh": {"platform/transports/sftp.py"},
    "socket": {"config/serving.py"},  # asks whether a port of our own is free
    **{
        name: set()
        for name in (
            "ftplib", "http.client", "httpx", "aiohttp", "paramiko", "requests", "smtplib",
            "telnetlib", "urllib.request", "urllib3", "xmlrpc", "django.core.mail",
        )
    },
}  # fmt: skip
# What only named modules may touch.
KEPT = {
    "owner_scope": {"platform/models/scope.py", "platform/postgres/setup.py"},
    "_base_manager": set(),
    "_default_manager": set(),
    "refusal_recorders": {"platform/models/scope.py", "platform/audit/apps.py"},
    "_MAKER": {"core/privacy/grant.py"},
    "_deliver": {
        "platform/transports/transport.py",
        "platform/transports/folder.py",
        "platform/transports/sftp.py",
    },
}
# (module, function) and why it needs no grant.
EXEMPT = {
    ("apps/tenancy/middleware.py", "directory_open"): "opens the directory of people for sign-in",
}


def modules(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"tests", "migrations"} & set(path.parts):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def bases(node):
    return {getattr(base, "id", getattr(base, "attr", "")) for base in node.bases}


def models(base, *folders):
    """Names of the models that stand on a base, at whatever remove, with their class bodies."""
    classes = [
        node
        for _, source in modules(*folders)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
    ]
    found = {}
    while True:
        more = {node.name: node for node in classes if bases(node) & ({base} | found.keys())}
        if more.keys() == found.keys():
            return found
        found = more


PRACTICE_ROWS = models("PracticeModel", "apps", "platform")


def opens(function, rows):
    """What a function touches that needs a grant."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            if getattr(node.value, "id", "") in rows:
                yield f"{node.value.id}.objects"
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in OPENERS:
                yield name


def takes_grant(function):
    given = [*function.args.args, *function.args.kwonlyargs]
    return any(arg.arg == "grant" or getattr(arg.annotation, "id", "") == "Grant" for arg in given)


def calls(function):
    return {
        getattr(node.func, "id", getattr(node.func, "attr", ""))
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
    }


def ways_around(module, source, rows=None):
    """Name the functions that touch such things without a grant.

    A private function may do without one where all functions of its module that call it have one.
    """
    rows = PRACTICE_ROWS if rows is None else rows
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]
    callers = {
        f.name: [g for g in functions if f.name in calls(g) and g is not f] for f in functions
    }

    def is_covered(function, seen):
        if takes_grant(function) or (module, function.name) in EXEMPT:
            return True
        above = [g for g in callers[function.name] if g.name not in seen]
        is_private = function.name.startswith("_")
        return is_private and bool(above) and all(is_covered(g, {*seen, g.name}) for g in above)

    return [
        f"{module}: {function.name} touches {', '.join(sorted(set(touched)))} without a grant"
        for function in functions
        if (touched := list(opens(function, rows))) and not is_covered(function, {function.name})
    ]


def unchecked_sql(source):
    """Name the functions whose raw SQL stands under no check of the grant.

    A private function is checked where all functions of its module that call it are.
    """
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.FunctionDef)]

    def is_checked(function, seen):
        if calls(function) & CHECKS:
            return True
        above = [g for g in functions if function.name in calls(g) and g.name not in seen]
        is_private = function.name.startswith("_")
        return is_private and bool(above) and all(is_checked(g, {*seen, g.name}) for g in above)

    return [
        function.name
        for function in functions
        if calls(function) & UNCHECKED and not is_checked(function, {function.name})
    ]


def test_raw_sql_stands_under_a_check_of_the_grant():
    found = [
        f"{module}: {name}"
        for module, source in modules("apps", "web")
        for name in unchecked_sql(source)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def a(grant):\n    connection.cursor().execute('x')", ["a"]),
        ("def a(grant):\n    refuse_unless_allowed(grant, (), X)\n    c.cursor()", []),
        ("def a(grant):\n    Claim.objects.under(grant)\n    _b()\ndef _b():\n    c.cursor()", []),
        ("def a(grant):\n    _b()\ndef _b():\n    c.cursor()", ["_b"]),
    ],
)
def test_sql_that_asks_no_grant_is_seen(source, found):
    assert unchecked_sql(source) == found


def imported(source):
    """Names of modules that a source imports, with what it takes from them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def doors_opened(module, source):
    return [
        f"{module} imports {door}"
        for door, known in DOORS.items()
        if module not in known
        and any(name == door or name.startswith(f"{door}.") for name in imported(source))
    ]


def test_only_transports_lead_outside():
    found = [
        line
        for module, source in modules("apps", "web", "platform", "core", "config", "kernel")
        for line in doors_opened(module, source)
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    ["import smtplib", "from urllib import request", "from django.core.mail import send_mail",
     "def f():\n    import requests.api", "import asyncssh"],
)  # fmt: skip
def test_a_new_door_is_seen(source):
    assert doors_opened("apps/x/services.py", source)


def test_no_function_touches_data_without_a_grant():
    found = [
        line for module, source in modules("apps", "web") for line in ways_around(module, source)
    ]
    assert found == []


DEFECTS = [
    "def claims():\n    return Claim.objects.all()",
    "def claims(tenant_id):\n    return Claim.objects.filter(id=1)",
    "def claims():\n    with connection.cursor() as c:\n        c.execute('SELECT 1')",
    "def claims():\n    return _all()\ndef _all():\n    return Claim.objects.all()",
    "def _all():\n    return Claim.objects.all()",
    "def keep(rows):\n    rows_insert(Claim, rows)",
    "def one(grant):\n    _x()\ndef two():\n    _x()\ndef _x():\n    return Claim.objects",
]
FINE = [
    "def claims(grant):\n    return Claim.objects.under(grant)",
    "def claims(leave: Grant):\n    return _all()\ndef _all():\n    return Claim.objects.all()",
    "def payers():\n    return Payer.objects.all()",
]


@pytest.mark.parametrize("source", DEFECTS)
def test_a_way_around_is_seen(source):
    assert ways_around("apps/x/queries.py", source, {"Claim"})


@pytest.mark.parametrize("source", FINE)
def test_a_function_with_a_grant_is_fine(source):
    assert ways_around("apps/x/queries.py", source, {"Claim"}) == []


def names_used(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def test_keys_to_everything_stay_where_they_belong():
    found = [
        f"{module} uses {name}"
        for module, source in modules("apps", "web", "platform", "core", "config")
        for name in set(names_used(source)) & KEPT.keys()
        if module not in KEPT[name]
    ]
    assert found == []


def grants_made(source):
    """Lines that make a grant or change one behind its back."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            owner = getattr(getattr(node.func, "value", None), "id", "")
            forced = owner == "object" and name in {"__new__", "__setattr__"}
            if name == "Grant" or (forced and "rant" in ast.unparse(node)):
                yield node.lineno


def test_grants_are_made_by_a_decision_alone():
    found = [
        f"{module}:{line}"
        for module, source in modules("apps", "web", "platform", "core", "config")
        for line in grants_made(source)
        if module != "core/privacy/grant.py"
    ]
    assert found == []
    assert list(grants_made("g = Grant(tenant_id=1)")) == [1]
    assert list(grants_made("object.__setattr__(grant, 'tenant_id', 2)")) == [1]


def test_every_row_says_in_words_of_the_policy_what_it_holds():
    from cleanclaim.apps.privacy.loading import SHIPPED, document_from_file

    words = document_from_file(SHIPPED / "platform.yaml").data["categories"]
    wordless = []
    # What platform keeps itself is sealed: it cannot know whose words are inside.
    own = set(models("TenantModel", "platform"))
    for name, node in models("TenantModel", "apps", "platform").items():
        given = [
            item.value
            for item in ast.walk(node)
            if isinstance(item, ast.Constant)
            and isinstance(item.value, str)
            and item.value in words
        ]
        if not given and name not in own:
            wordless.append(name)
    assert wordless == []


def test_no_exemption_outlives_its_need():
    named = {
        (module, node.name)
        for module, source in modules("apps", "web")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
    }
    assert EXEMPT.keys() <= named
    assert all(EXEMPT.values())


def test_the_source_shows_all_models_of_practices():
    from django.apps import apps

    from cleanclaim.platform.models.bases import PracticeModel

    found = {model.__name__ for model in apps.get_models() if issubclass(model, PracticeModel)}
    assert found == PRACTICE_ROWS.keys() - {"SealedModel"}
