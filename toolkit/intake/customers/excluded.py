"""The customers that the settings leave out: who is meant, however they are written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.customers.code_and_name import bare_codes
from toolkit.intake.customers.identity import Identity, bare_names, bare_texts
from toolkit.intake.names import plain
from toolkit.intake.tables.coded import half_width, renamed

BETWEEN = re.compile("[,，、]")
MOST_PARTS = 4  # of a name with commas in it


def excluding(identity: Identity, named: str | None) -> Identity:
    """The same without the customers named, whose rows become rows of nobody.

    Names have commas between; one with a comma in it that a customer has is that customer, and so
    is one in quotation marks. They are compared without differences of width, case and blanks;
    those of people also as they are told apart. A number with a name behind it (1001 佐藤 花子)
    that is nobody's as it stands is the number; a number alone is the customer who has it with a
    name. Our rule.
    """
    if not (named or "").strip(" ,，、"):
        return identity
    texts = identity.customer.texts
    bare = [bare_texts(each).to_pylist() for each in identity.forms or (texts,)]
    known = set().union(*bare) - {""}
    coded = bare_texts(bare_codes(half_width(texts))).to_pylist()
    meant, missing = set(), 0
    for each in _apart(named, known, identity.forms is not None):
        own = _forms(each, identity.forms is not None)
        found = own & known or _forms(_code(each), False) & known
        meant |= found
        if not found:
            meant |= own & set(coded)
            missing += own.isdisjoint(coded)
    hits = [bool(meant & set(some)) for some in zip(*bare, coded, strict=True)]
    hit = np.array(hits, bool) & (np.array(texts.to_pylist(), object) != "")
    out = hit[identity.customer.codes]
    return replace(
        identity,
        customer=renamed(identity.customer, pc.if_else(pa.array(hit), "", texts)),
        excluded=(int(out.sum()), len({bare[0][i] for i in np.flatnonzero(hit)})),
        missing=missing,
    )


def _apart(named: str, known: set[str], people: bool) -> Iterator[str]:
    """The names one by one: the longest run of parts that a customer has as a name, else a part."""
    starts = [0, *(found.end() for found in BETWEEN.finditer(named))]
    ends = [*(found.start() for found in BETWEEN.finditer(named)), len(named)]
    seen: set[str] = set()
    i = 0
    while i < len(starts):
        for j in range(min(i + MOST_PARTS, len(ends)) - 1, i - 1, -1):
            one = named[starts[i] : ends[j]].strip()
            inside = re.fullmatch(r"[\"“]([^\"“”]*)[\"”]", one)
            one = inside[1] if inside else one
            if i == j or inside or not _forms(one, people).isdisjoint(known):
                break
        i = j + 1
        if plain(one) and plain(one) not in seen:
            seen.add(plain(one))
            yield one


def _forms(name: str, people: bool) -> set[str]:
    """A name in the forms in which it is compared."""
    forms = {plain(name)}
    return (forms | set(bare_names(pa.array([name])).to_pylist()) if people else forms) - {""}


def _code(name: str) -> str:
    return bare_codes(half_width(pa.array([name.strip()])))[0].as_py()
