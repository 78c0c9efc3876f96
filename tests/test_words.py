"""The two words files: equal, complete, and with nothing in them that is never said.

A key is used where it stands written out in code, notebook or template. It is also used where
code puts it together, `f"reason.{name}"`: then what fills the hole must be written somewhere, or
be put together itself, `f"amount_{basis}"`.
"""

import ast
import json
import re
import string
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from toolkit.words import LANGUAGES, Words

ROOT = Path(__file__).resolve().parents[1]
FORMS = {"", "count", "share", "points", "days", "money", "ratio", "plain"}
IN_TEMPLATE = re.compile(r"""\bwords(?:\.say\(|\[)\s*["']([\w.]+)["']\s*[\],)]""")
QUOTED = re.compile(r"""["']([\w.]+)["']""")
COUNTED = "amount|buyer|contact|customer|day|letter|month|order|prospect|row|visit"
UNBENT = re.compile(r"\{[^}|]+\} (?:(?!of )[\w-]+ ){0,2}(?:" + COUNTED + r")s\b")
# Fixed limits, visits of those who came more than once, and a mean with its decimals.
ALWAYS_SEVERAL = {
    "certainty.nothing_to_learn",
    "certainty.too_alike",
    "certainty.too_small",
    "why.often",
    "why_active.often",
    "sales.lead",
}


class Use(NamedTuple):
    """One place that asks for a key: as a pattern, and the values it gives (None: not known)."""

    pattern: str
    given: frozenset | None = None


compiled = cache(re.compile)  # thousands of them, more than re keeps by itself


class Reading:
    """What a set of sources says about keys."""

    def __init__(self):
        self.uses = []  # places that surely ask for a key
        self.composed = []  # f-strings that may be a key
        self.endings = []  # f-strings that may be the rest of one
        self.written = set()  # every word or key written out

    def python(self, text):
        tree = ast.parse(text)
        prose = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                self.written |= set() if id(node) in prose else {node.value, stem(node.value)}
            elif isinstance(node, ast.JoinedStr):
                self.composed += [pattern] if (pattern := pattern_of(node)) else []
                self.endings += [p for p in [spelled(node)] if "_" in p]
            elif isinstance(node, ast.keyword):  # columns are named this way in Ibis
                self.written |= {node.arg} - {None}
            elif isinstance(node, ast.AnnAssign):  # and settings this way
                self.written.add(ast.unparse(node.target))
            self.uses += use_of(node)
        return self

    def notebook(self, text):
        for cell in json.loads(text)["cells"]:
            self.written |= {v for v in cell["metadata"].values() if isinstance(v, str)}  # stages
            if cell["cell_type"] == "code":
                self.python("".join(cell["source"]))
        return self

    def template(self, text):
        self.written |= set(QUOTED.findall(text))
        self.uses += [Use(re.escape(key)) for key in IN_TEMPLATE.findall(text)]
        return self

    def says(self, key):
        """Whether anything can lead to this key."""
        return key in self.written or any(
            (match := compiled(pattern).fullmatch(key))
            and all(map(self.is_written, match.groups()))
            for pattern in dict.fromkeys([use.pattern for use in self.uses] + self.composed)
        )

    def is_written(self, filling):
        if filling in self.written or set(filling.split(".")) <= self.written:
            return True
        matches = [compiled(ending).fullmatch(filling) for ending in self.endings]
        return any(set(match.groups()) <= self.written for match in matches if match)


def spelled(node):
    """An f-string as a pattern with one group for each hole."""
    return "".join(
        re.escape(v.value) if isinstance(v, ast.Constant) else "(.+)" for v in node.values
    )


def pattern_of(node, prefix=""):
    """A key as a pattern; "" for what cannot be one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        pattern = re.escape(prefix + node.value)
    elif isinstance(node, ast.JoinedStr):
        pattern = re.escape(prefix) + spelled(node)
    else:
        return ""
    return pattern if re.match(r"[a-z_]+\\\.", pattern) else ""


def use_of(node):
    """`words[key]`, `anything.say(key, ...)` and `InputProblem(key, ...)`."""
    if isinstance(node, ast.Subscript) and last_name(node.value) in ("words", "_words"):
        pattern, given = pattern_of(node.slice), None
    elif isinstance(node, ast.Call) and node.args and last_name(node.func) == "say":
        pattern, given = pattern_of(node.args[0]), None
        if isinstance(node.func, ast.Attribute) and last_name(node.func.value) == "words":
            given = values_given(node)
    elif isinstance(node, ast.Call) and node.args and last_name(node.func) == "InputProblem":
        pattern, given = pattern_of(node.args[0], "problem."), values_given(node)
    else:
        return []
    return [Use(pattern, given)] if pattern else []


def last_name(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def values_given(call):
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(names)


def stem(text):
    """`lists` for `lists.xlsx`: delivered files are described under their names."""
    return text.split(".")[0] if re.fullmatch(r"\w+\.(csv|html|ipynb|json|xlsx)", text) else text


def placeholders(sentence):
    """Name and form of every hole of a sentence; `n` for the word behind a number, `n|day|days`."""
    parts = string.Formatter().parse(sentence)
    return {(name.split("|")[0], form) for _, name, form, _ in parts if name is not None}


def holes(sentence):
    """What a sentence is filled with; `factor_cap` is `factor` with a capital, for English."""
    return {name.removesuffix("_cap") for name, _ in placeholders(sentence)}


def unused(reading, words):
    return sorted(key for key in words if not reading.says(key))


def missing(reading, words):
    return sorted(
        {
            u.pattern
            for u in reading.uses
            if not any(compiled(u.pattern).fullmatch(k) for k in words)
        }
    )


def unfilled(reading, words):
    """Keys asked for without a value for each of their holes."""
    return sorted(
        key
        for use in reading.uses
        if use.given is not None and not compiled(use.pattern).groups
        for key in words
        if compiled(use.pattern).fullmatch(key)
        and not {name for name, _ in placeholders(words[key])} <= use.given
    )


@pytest.fixture(scope="module")
def reading():
    """All code, notebooks and templates of the project."""
    whole = Reading()
    for path in (ROOT / "toolkit").rglob("*.py"):
        whole.python(path.read_text(encoding="utf-8"))
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        whole.notebook(path.read_text(encoding="utf-8"))
    for path in (ROOT / "templates" / "report").glob("*"):
        whole.template(path.read_text(encoding="utf-8"))
    return whole


def table(language):
    words = Words(language)
    return {key: words[key] for key in words.keys()}  # noqa: SIM118 - Words is no mapping


def test_both_languages_have_the_same_keys():
    assert table("ja").keys() == table("en").keys()


def test_every_sentence_has_the_same_holes_in_both_languages():
    ja, en = table("ja"), table("en")
    assert [key for key in ja if holes(ja[key]) != holes(en[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hole_has_a_form_that_can_be_written(language):
    strange = {
        f"{key}: {form}"
        for key, sentence in table(language).items()
        for _, form in placeholders(sentence)
        if form not in FORMS
    }
    assert strange == set()


def test_every_choice_between_two_words_has_two_words():
    forms = [
        (key, name.split("|")[1:])
        for language in LANGUAGES
        for key, sentence in table(language).items()
        for _, name, _, _ in string.Formatter().parse(sentence)
        if name and "|" in name
    ]
    assert {key for key, pair in forms if len(set(pair)) != 2 or not all(pair)} == set()
    assert len(forms) > 50


def test_japanese_has_no_singular():
    assert [key for key, sentence in table("ja").items() if "|" in sentence] == []


def test_no_english_number_is_followed_by_a_plural_that_cannot_be_one():
    stiff = {
        key: match[0]
        for key, sentence in table("en").items()
        if (match := UNBENT.search(sentence)) and key not in ALWAYS_SEVERAL
    }
    assert stiff == {}


def test_no_sentence_is_empty():
    assert [
        key for lang in LANGUAGES for key, said in table(lang).items() if not said.strip()
    ] == []


def test_no_key_is_there_for_nothing(reading):
    assert unused(reading, table("en")) == []


def test_no_key_that_is_asked_for_is_missing(reading):
    assert reading.uses
    assert missing(reading, table("en")) == []


def test_every_hole_is_filled_where_the_values_stand_beside_the_key(reading):
    assert unfilled(reading, table("en")) == []


def test_a_key_is_used_where_it_is_written_or_put_together():
    code = (
        "'''Not a use: 'page.old'.'''\n"
        "title = words['page.title']\n"
        "key = f'layer.{layer}.{state}'\n"
        "for layer in ('first', 'prime'): rows.mutate(active=1)\n"
        "note = Note(f'amount_{basis}', basis='paid')\nwords[f'note.{key}']\n"
    )
    reading = Reading().python(code).template("{{ words['page.skip'] }}")
    used = ["page.title", "page.skip", "layer.first.active", "note.amount_paid", "note.paid"]
    spare = ["layer.steady.active", "note.amount_no", "page.old"]
    assert unused(reading, dict.fromkeys(used + spare, "")) == spare


def test_a_key_asked_for_and_not_there_is_found():
    code = "words.say('page.title')\nfacts.say(f'gone.{x}')\nInputProblem('nofile', file=f)\n"
    reading = Reading().python(code).template("{{ words['page.nowhere'] }}")
    words = {"page.title": "", "problem.no_file": ""}
    assert missing(reading, words) == [r"gone\.(.+)", r"page\.nowhere", r"problem\.nofile"]


def test_a_hole_without_a_value_is_found():
    code = "words.say('a.b', n=1)\nInputProblem('c', file=f, row=2)\nwords.say('a.d', **values)\n"
    words = {"a.b": "{n} of {m:count}", "problem.c": "{file}, {row}", "a.d": "{x}"}
    assert unfilled(Reading().python(code), words) == ["a.b"]
