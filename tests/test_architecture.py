"""One direction: what each part of `toolkit/` may import, and the size and names of modules.

The order below is the house itself; a part that does not exist yet does not matter.
"""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "toolkit"
FOUNDATIONS = ["resources", "text_files", "words", "problems", "currency", "settings"]
FOUNDATIONS += ["client_file", "frames"]
ROOMS = ["intake", "book", "foresight", "action", "report", "desk", "usage", "cli"]
ORDER = FOUNDATIONS + ROOMS
LEAF, LEAF_READERS = "sample", {"desk", "cli"}  # the sample shop: knows no room, stands beside
LONGEST = 300
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}


def modules(package):
    """Dotted name -> path of every module."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = [package.name, *path.relative_to(package).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def part_of(dotted):
    """`toolkit.book.moves` -> `book`; the shop window `toolkit` itself -> ``."""
    return (dotted.split(".") + [""])[1]


def public_names(path):
    """What a module lists in `__all__`, written out or as `list(<a dict written out>)`."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    given = {ast.unparse(n.targets[0]): n.value for n in body if isinstance(n, ast.Assign)}
    listed = given.get("__all__")
    if isinstance(listed, ast.Call):
        listed = given[ast.unparse(listed.args[0])]
    elements = getattr(listed, "elts", getattr(listed, "keys", []))
    return [element.value for element in elements]


def imported(dotted, known):
    """The modules of the package that one module imports, anywhere in it, or names in a string."""
    path = known[dotted]
    home = dotted.split(".") if path.name == "__init__.py" else dotted.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.Constant) and node.value in known and "." in node.value:
            yield node.value  # for import_module
        elif isinstance(node, ast.ImportFrom):
            base = home[: len(home) - node.level + 1] if node.level else []
            origin = ".".join(base + ([node.module] if node.module else []))
            face = public_names(known[origin]) if origin in known else []
            for name in node.names:
                inner = f"{origin}.{name.name}"
                yield inner if inner in known and name.name not in face else origin


def may_import(source, target):
    """Whether one part may look at another."""
    if target == LEAF:
        return source in LEAF_READERS
    if target not in ORDER:
        return False  # the shop window is for notebooks, not for the rooms behind it
    if source == LEAF:
        return target in FOUNDATIONS
    if source == "":
        return target != "cli"
    return ORDER.index(target) < ORDER.index(source)


def arrow_faults(package):
    """Every import that points back, goes past a face or has no place in the order."""
    known, faults = modules(package), []
    for dotted in known:
        source = part_of(dotted)
        if source not in [*ORDER, LEAF, ""]:
            faults.append(f"{dotted} has no place in the order")
            continue
        for target in imported(dotted, known):
            if target.split(".")[0] != package.name or (source and part_of(target) == source):
                continue
            if not may_import(source, part_of(target)):
                faults.append(f"{dotted} may not import {target}")
            elif target.count(".") > 1:
                faults.append(f"{dotted} goes past the face of {target}")
    return faults


def shape_faults(package):
    """Modules that are too long or named for nothing."""
    faults = []
    for dotted, path in modules(package).items():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST:
            faults.append(f"{dotted} has {lines} lines")
        if set(dotted.split(".")) & EMPTY_NAMES:
            faults.append(f"{dotted} has a name that says nothing")
    return faults


def docstring_faults(package):
    """Functions and classes of a face that do not say what comes out."""
    known, faults = modules(package), []
    for dotted, path in known.items():
        if path.name != "__init__.py" or dotted == package.name:
            continue
        inside = [m for m in known if m == dotted or m.startswith(dotted + ".")]
        trees = [ast.parse(known[module].read_text(encoding="utf-8")) for module in inside]
        nodes = [node for tree in trees for node in tree.body]
        silent = {
            node.name
            for node in nodes
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not ast.get_docstring(node)
        }
        faults += [
            f"{dotted}.{name} has no docstring" for name in public_names(path) if name in silent
        ]
    return faults


def test_every_import_points_one_way():
    assert modules(PACKAGE)
    assert arrow_faults(PACKAGE) == []


def test_modules_are_short_and_named_for_something():
    assert shape_faults(PACKAGE) == []


def test_what_a_room_offers_is_documented():
    assert docstring_faults(PACKAGE) == []


@pytest.fixture
def house(tmp_path):
    """Builds a package of two small rooms and the files given."""

    def build(**files):
        texts = {
            "__init__.py": "from toolkit.report import page\n",
            "words.py": "from toolkit import resources\n",
            "resources.py": "",
            "problems.py": "from toolkit.words import Words\n",
            "book/__init__.py": "from toolkit.book.moves import keep\n__all__ = ['keep']\n",
            "book/moves.py": "from ..words import Words\ndef keep():\n    'The book.'\n",
            "book/visits.py": "from . import moves\n",
            "report/__init__.py": "from toolkit.book import keep\n__all__ = ['page']\n",
            "report/page.py": "import toolkit.words\ndef page():\n    'The page.'\n",
        }
        for name, text in (texts | files).items():
            path = tmp_path / "toolkit" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path / "toolkit"

    return build


def test_a_house_in_order_has_no_fault(house):
    package = house(**{"sample/__init__.py": "from toolkit import currency", "currency.py": ""})
    assert arrow_faults(package) == shape_faults(package) == docstring_faults(package) == []


@pytest.mark.parametrize(
    "name, text, fault",
    [
        ("book/new.py", "from toolkit.report import page", "toolkit.report"),
        ("book/new.py", "def f():\n    from ..report import page", "toolkit.report"),
        ("book/new.py", "import toolkit.report as r", "toolkit.report"),
        ("book/new.py", "from toolkit import report", "toolkit.report"),
        ("book/new.py", "import_module('toolkit.report')", "toolkit.report"),
        ("book/new.py", "from toolkit import page", "toolkit"),
        ("book/new.py", "import toolkit", "toolkit"),
        ("words.py", "from toolkit.book import keep", "toolkit.book"),
        ("words.py", "from toolkit import problems", "toolkit.problems"),
        ("resources.py", "from toolkit.words import Words", "toolkit.words"),
        ("report/new.py", "from toolkit.sample import shop", "toolkit.sample"),
        ("sample/__init__.py", "from toolkit.book import keep", "toolkit.book"),
        ("sample/__init__.py", "from toolkit.unknown import x", "toolkit.unknown"),
    ],
)
def test_an_arrow_that_points_back_is_found(house, name, text, fault):
    source = "toolkit." + name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert arrow_faults(house(**{name: text})) == [f"{source} may not import {fault}"]


@pytest.mark.parametrize(
    "text",
    [
        "from toolkit.book.moves import keep",
        "import toolkit.book.moves",
        "from toolkit.book import moves",
        "from ..book.moves import keep",
    ],
)
def test_a_way_past_the_face_of_a_room_is_found(house, text):
    found = arrow_faults(house(**{"report/new.py": text}))
    assert found == ["toolkit.report.new goes past the face of toolkit.book.moves"]


def test_a_part_without_a_place_in_the_order_is_found(house):
    assert arrow_faults(house(**{"attic.py": ""})) == ["toolkit.attic has no place in the order"]


def test_a_shop_window_that_imports_when_asked_is_read_as_well(house):
    homes = "_HOMES = {'keep': 'toolkit.book', 'main': 'toolkit.cli'}\n__all__ = list(_HOMES)\n"
    package = house(**{"__init__.py": homes, "cli.py": ""})
    assert public_names(package / "__init__.py") == ["keep", "main"]
    assert arrow_faults(package) == ["toolkit may not import toolkit.cli"]


def test_the_sample_shop_is_open_to_the_desk_and_the_front_door(house):
    text = "from toolkit.sample import shop"
    assert arrow_faults(house(**{"desk/__init__.py": text, "cli.py": text})) == []


def test_a_long_module_and_an_empty_name_are_found(house):
    package = house(**{"book/long.py": "x = 1\n" * 301, "book/utils.py": "", "cli.py": "\n" * 300})
    assert shape_faults(package) == [
        "toolkit.book.long has 301 lines",
        "toolkit.book.utils has a name that says nothing",
    ]


def test_a_public_function_without_a_docstring_is_found(house):
    package = house(**{"book/moves.py": "def keep():\n    pass\ndef _own():\n    pass\n"})
    assert docstring_faults(package) == ["toolkit.book.keep has no docstring"]
