"""How to reach the customers: names, numbers and addresses, kept only when asked for."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.customers.companion_files import first_of
from toolkit.intake.customers.identity import MAIL
from toolkit.intake.ledger import Note
from toolkit.intake.names import aliases, plain
from toolkit.intake.reading import Reading
from toolkit.intake.tables.coded import half_width
from toolkit.intake.tables.grid import Grid, Rows

PARTS = ("name", "family_name", "given_name", "mail", "phone", "postcode", "address", "line_user")
SALES = ("name", "mail", "phone", "postcode")  # roles of a sales file that are read anyway
LINES = ("prefecture", "city", "first", "second", "third")
GIVEN_FIRST = ("first", "given", "fore", "fname", "vorname")  # in the name of a given name's column
JAPANESE = r"[\p{Hiragana}\p{Katakana}\p{Han}]"
LINE_USER = "^U[0-9a-f]{32}$"  # LINE Developers, "Get user IDs"
FORMS = {"mail": MAIL, "line_user": LINE_USER}
POSTCODE = r"^〒?\s*(\d{3})-?(\d{4})$"


def recognise(grid: Grid) -> dict[str, tuple[int, ...]]:
    """The columns of a customer master that tell how to reach people, by role: those of `SALES`,
    line_user and the `LINES` of an address."""
    listed = {role: aliases()[role]["names"] for role in (*SALES, "line_user", "prefecture")}
    listed |= aliases()["address_line"]
    found = {role: first_of(grid, names) for role, names in listed.items()}
    if not any(found[line] for line in LINES[1:]):
        found["prefecture"] = ()  # alone it reaches nobody
    return {role: at for role, at in found.items() if at}


def in_master(
    grid: Grid, rows: Rows, at: Mapping[str, tuple[int, ...]], used: np.ndarray, whose: pa.Array
) -> pd.DataFrame:
    """What these rows (`used`, of the customers `whose`) of a master tell, as `addresses_of`."""
    texts = {
        role: [pd.Series(rows.columns[i].at(used).to_pylist(), dtype=object) for i in columns]
        for role, columns in at.items()
    }
    found = {"customer_id": whose.to_pylist()}
    found |= _persons(texts, [grid.header[i] for i in at.get("name", ())])
    lines = {line: texts[line][0] for line in LINES if line in texts}
    return pd.DataFrame(found | ({"address": _joined(lines)} if lines else {}))


def addresses_of(
    reading: Reading, listed: pd.DataFrame | None
) -> tuple[pa.Table | None, list[Note]]:
    """How to reach the customers of the sales, and a note; (None, []) unless the settings ask for
    personal columns and some are there.

    One row per customer of whom anything is known. Columns: customer_id and, text, "" where not
    known: name, family_name, given_name, mail, phone, postcode, address (in one line), line_user
    (LINE's own number of a person). `listed`, of the customer master, goes before the sales, of
    which the latest row that has a part tells it. What is no mail address or no number of LINE's
    is not kept. Our rule.
    """
    if not reading.settings.personal_columns:
        return None, []
    parts = [part for part in (listed, _in_sales(reading)) if part is not None and len(part)]
    if not parts:
        return None, []
    whole = pd.concat(parts, ignore_index=True).reindex(columns=["customer_id", *PARTS])
    whole = _cleaned(whole).replace("", np.nan)
    known = whole.groupby("customer_id", sort=True).first()
    known = known[known.notna().any(axis=1)].fillna("")
    schema = pa.schema([(name, pa.string()) for name in ("customer_id", *PARTS)])
    table = pa.Table.from_pandas(known.reset_index(), schema=schema, preserve_index=False)
    return table, [Note("addresses_kept", {"n": len(known)})]


def _in_sales(reading: Reading) -> pd.DataFrame | None:
    """What the rows kept of the sales tell, the latest of a customer that has it."""
    there = {role: reading.roles.columns.get(role, ()) for role in SALES}
    kept = np.flatnonzero(reading.sieve.kept)
    kept = kept[np.argsort(reading.days[kept], kind="stable")]
    if not any(there.values()) or not len(kept):
        return None
    texts = {
        role: [pd.Series(reading.rows.columns[i].at(kept).to_pylist(), dtype=object) for i in at]
        for role, at in there.items()
        if at
    }
    found = _persons(texts, [reading.header[i] for i in there["name"]])
    customer = reading.identity.customer
    rows = pd.DataFrame(found).replace("", np.nan).assign(whose=customer.codes[kept])
    latest = rows.groupby("whose").last()
    names = customer.texts.take(pa.array(latest.index.to_numpy())).to_pylist()
    return latest.assign(customer_id=names).reset_index(drop=True)


def _persons(texts: Mapping[str, list[pd.Series]], names: list[str]) -> dict[str, pd.Series]:
    """The parts of `PARTS` that stand in columns of their own; telephone numbers and postcodes
    written in several are joined."""
    found = {
        role: _with_hyphens(texts[role])
        for role in ("mail", "phone", "postcode", "line_user")
        if role in texts
    }
    if len(texts.get("name", ())) == 2:
        family, given = texts["name"]
        if any(word in plain(names[0]) for word in GIVEN_FIRST):
            family, given = given, family
        japanese = _has(family + given, JAPANESE)
        told = (family + " " + given).where(japanese, given + " " + family).str.strip()
        return found | {"name": told, "family_name": family, "given_name": given}
    return found | ({"name": texts["name"][0].str.strip()} if "name" in texts else {})


def _with_hyphens(columns: list[pd.Series]) -> pd.Series:
    joined = columns[0]
    for column in columns[1:]:
        joined = joined + "-" + column
    return joined.str.strip("-")


def _joined(lines: Mapping[str, pd.Series]) -> pd.Series:
    """An address in one line, in the order of its country; what a later line begins with again is
    said once."""
    absent = pd.Series("", index=next(iter(lines.values())).index, dtype=object)
    area, city, first, second, third = (lines.get(line, absent).str.strip() for line in LINES)
    city = city.where(~_begins(first, city) & ~_begins(first, area + city), "")
    area = area.where(~_begins(first, area) & ~_begins(city, area), "")
    ours = area + city + first
    for more in (second, third):
        ours = ours + (" " + more).where(more != "", "")
    abroad = [
        ", ".join(part for part in row if part)
        for row in zip(first, second, third, city, area, strict=True)
    ]
    japanese = _has(area + city + first, JAPANESE)
    return ours.str.strip().where(japanese, pd.Series(abroad, index=ours.index, dtype=object))


def _begins(texts: pd.Series, starts: pd.Series) -> pd.Series:
    return pd.Series(
        [bool(b) and a.startswith(b) for a, b in zip(texts, starts, strict=True)],
        index=texts.index,
        dtype=bool,
    )


def _cleaned(table: pd.DataFrame) -> pd.DataFrame:
    """Numbers and mail addresses in half width, blank where they are none, postcodes 000-0000;
    names and addresses stay as written, down to the variant of a character."""
    found = {name: table[name].astype(object).fillna("") for name in PARTS}
    for name in ("mail", "line_user", "phone", "postcode"):
        texts = half_width(pa.array(found[name], pa.string()))
        if name in FORMS:
            texts = pc.if_else(pc.match_substring_regex(texts, FORMS[name]), texts, "")
        if name == "postcode":
            texts = pc.replace_substring_regex(texts, POSTCODE, r"\1-\2")
        found[name] = texts.to_pylist()
    return table.assign(**found)


def _has(texts: pd.Series, pattern: str) -> pd.Series:
    array = pa.array(texts, pa.string())
    return pd.Series(pc.match_substring_regex(array, pattern).to_pylist(), texts.index, dtype=bool)
