"""Lists of earlier diagnoses, read back: who was to be contacted, who was held out, what became
of it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit import currency
from toolkit.intake.customers.earlier_file import (
    COLUMNS,
    FILE,
    NUMBERS,
    TEXTS,
    TO_FILL,
    dates_of,
    read_groups,
)
from toolkit.intake.customers.written_lists import (
    LISTS,
    WORKBOOK,
    filled_in_beside,
    written_beside,
)
from toolkit.intake.ledger import Note
from toolkit.intake.reading import Reading
from toolkit.intake.tables.coded import Coded
from toolkit.intake.tables.files import open_grid
from toolkit.intake.tables.grid import gather
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

NONE = "none"  # in place of a folder
CALENDAR_LIST = "calendar"  # the list of the contacts of a follow-up calendar


def read_earlier(named: str, reading: Reading, customers: pa.ChunkedArray) -> tuple:
    """The names of earlier lists made before the closing date, notes on them, and the files.

    `named`: the folder of a diagnosis, one with several of them in it, or a `groups.csv` itself;
    `customers`: those of the orders kept. One row per name as it was assigned. Columns: file,
    customer_id (text, in the sales' own terms), list, campaign, closing_date (of the list), group
    (contact, hold_out), chance (share), layer, band, channel, contact_cost, offer_cost (minor
    units), margin_share, sent (date; None where nothing is written), reason ("" where nothing is;
    also from the lists beside the file, `written_lists.written_beside`), due (the day on which a
    contact of the calendar falls due, else None). Whoever has such a reason and is no name of a
    campaign has a row with neither group nor campaign (""), and so has every contact of a calendar
    (list `calendar`) that is no name of a campaign, with its contact_cost as far as told; the
    day written for a contact of the calendar is in sent. What cannot be used of the lists beside is
    left out, with a note.
    Of a folder with several, those on or after the closing date are passed over in silence.
    None where no list is earlier or no name is of these sales. InputProblem for a folder without
    lists, a file with other columns, and, naming file, row and column, for every cell that cannot
    be what it should be.
    """
    parts, beside, files, unused, faults = [], [], [], [], []
    for path in _files(named):
        label, day = f"{path.resolve().parent.name}/{path.name}", _day(path.parent)
        try:
            if path.is_file():
                part, file = read_groups(path, reading)
                parts.append(part)
                files.append(file)
                day = part.closing_date.iloc[0] if len(part) else day
        except InputProblem as problem:
            faults += problem.faults
            continue
        if day is not None and day < reading.closing:
            said, off = written_beside(path.parent)
            beside.append(said.assign(file=label, closing_date=day))
            unused += [f"{path.resolve().parent.name}/{name}" for name in off]
    if faults:
        raise InputProblem.of(faults)
    whole = pd.concat(parts, ignore_index=True) if parts else _nobody("file", *COLUMNS)
    late = whole.closing_date.map(lambda day: day >= reading.closing).astype(bool)
    notes = []
    if late.any() and (Path(named).is_file() or (Path(named) / FILE).is_file()):
        folders = ", ".join(sorted(set(whole.file[late])))
        notes.append(Note("earlier_after", {"files": folders, "closing": reading.closing}))
    if unused:
        notes.append(Note("earlier_beside_unused", {"files": ", ".join(unused)}))
    found = whole[~late].reset_index(drop=True)
    said = pd.concat(beside, ignore_index=True) if beside else _nobody("customer_id")
    if found.empty and said.empty:
        return None, notes, ()
    used = set(found.file)
    if len(found):
        values = {"files": ", ".join(sorted(used)), "n": len(found)}
        notes.append(Note("earlier_read", values))
    ids, known = _in_these_sales(found.customer_id, reading, customers)
    told, ours = _in_these_sales(said.customer_id, reading, customers)
    if not known.any() and not ours.any():
        return None, [*notes, Note("earlier_unmatched", {})], ()
    if not known.all():
        notes.append(Note("earlier_unknown", {"n": int((~known).sum()), "all": len(known)}))
    found = found.assign(customer_id=ids)
    if ours.any():
        said, unread = _with_days(said.assign(customer_id=told)[ours], reading)
        scale = 10 ** currency.decimals(reading.settings.currency)
        costs = pd.to_numeric(said.contact_cost, errors="coerce").astype(float) * scale
        said = said.assign(contact_cost=costs)
        found = _with_contacts(_with_reasons(found, said), said)
        if unread:
            notes.append(Note("earlier_sent_unread", {"n": unread}))
    return found, notes, tuple(f for f in files if f.name in used)


def _nobody(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns), dtype=object)


def _with_days(said: pd.DataFrame, reading: Reading) -> tuple[pd.DataFrame, int]:
    """What was written beside the names with `sent` and `due` as dates (None where there is none),
    and how many days of contact cannot be read or lie before their list."""
    sent, due = (_days_of(said[name], reading) for name in ("sent", "date"))
    early = pd.Series(
        [day is not None and day < on for day, on in zip(sent, said.closing_date, strict=True)],
        said.index,
        dtype=bool,
    )
    sent = sent.mask(early, None)
    unread = int((said.sent.ne("") & sent.isna()).sum())
    return said.assign(sent=sent, due=due), unread


def _days_of(texts: pd.Series, reading: Reading) -> pd.Series:
    codes, names = pd.factorize(texts)
    column = Coded(codes, pa.array(list(names), pa.string()))
    try:
        days = dates_of(column, Place(WORKBOOK, texts.name, np.arange(len(texts))), reading)
    except InputProblem:
        return pd.Series(None, texts.index, dtype=object)
    return days.set_axis(texts.index)


def _with_contacts(found: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The names with the days written for them in a calendar, and a row for every other contact of
    it, once, with its cost, and its day where one is written in either file; in neither group and
    of no campaign."""
    rows = said[said.sent.notna() | said.due.notna()]
    if rows.empty:
        return found
    rows = rows.assign(open=rows.sent.isna()).sort_values("open", kind="stable")
    rows = rows.drop_duplicates(["file", "customer_id", "campaign", "due"])
    found, rows = _written_into(found, rows)
    if rows.empty:
        return found
    texts = dict.fromkeys(TEXTS, "") | {"list": CALENDAR_LIST}
    rows = rows.assign(**texts, **dict.fromkeys(set(NUMBERS) - {"contact_cost"}, np.nan))
    return _below(found, rows)


def _written_into(found: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The names with the days of the calendar's contacts that are theirs, by campaign or else by
    the day they were due, where they have none; and the other contacts."""
    own = found[found.list == CALENDAR_LIST]
    keys = list(zip(own.file, own.customer_id, strict=True))
    names = {
        (*key, told): at
        for column in ("due", "campaign")
        for key, told, at in zip(keys, own[column], own.index, strict=True)
    }
    told = zip(rows.file, rows.customer_id, rows.campaign, rows.due, strict=True)
    at = [names.get((*key, campaign), names.get((*key, due))) for *key, campaign, due in told]
    theirs = pd.Series(at, rows.index, dtype=object).notna()
    first: dict[int, object] = {}
    for i, day in zip(at, rows.sent, strict=True):
        if i is not None and day is not None:
            first.setdefault(i, day)
    days = [
        first.get(i) if day is None else day for i, day in zip(found.index, found.sent, strict=True)
    ]
    return found.assign(sent=pd.Series(days, found.index, dtype=object)), rows[~theirs]


def _below(found: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    return (
        pd.concat([found, rows[found.columns]], ignore_index=True)
        if len(found)
        else rows[found.columns].reset_index(drop=True)
    )


def _with_reasons(found: pd.DataFrame, said: pd.DataFrame) -> pd.DataFrame:
    """The names with the reasons of the lists beside them where their own is empty, and a row for
    everybody else who has one."""
    keys = ["file", "customer_id"]
    said = said[said.reason != ""].drop_duplicates(keys)
    if said.empty:
        return found
    reasons = said.set_index(keys).reason
    at = pd.MultiIndex.from_frame(found[keys])
    told = reasons.reindex(at).fillna("").to_numpy(object)
    found = found.assign(reason=found.reason.where(found.reason != "", told))
    others = said[~pd.MultiIndex.from_frame(said[keys]).isin(at)]
    texts = {name: "" for name in TEXTS if name != "reason"} | {"list": "winback"}
    days = {"sent": None, "due": None}
    rows = others.assign(**texts, **days, **dict.fromkeys(NUMBERS, np.nan))
    return _below(found, rows) if len(rows) else found


def filled_in(path: Path) -> bool:
    """Whether somebody has written into a file of lists, or it cannot be told."""
    if path.name in LISTS:
        return filled_in_beside(path)
    try:
        grid = open_grid(path)
        at = [i for i, name in enumerate(grid.header) if name.strip().lower() in TO_FILL]
        rows = gather(grid, at)
    except InputProblem:
        return True
    return not all(rows.columns[i].blank().all() for i in at)


def is_diagnosis(folder: Path) -> bool:
    """Whether a folder has lists of a diagnosis: names of campaigns or, under a closing date, any
    list of customers."""
    dated = _day(folder) is not None and any((folder / name).is_file() for name in LISTS)
    return dated or (folder / FILE).is_file()


def _day(folder: Path) -> dt.date | None:
    """The closing date a folder is called by."""
    try:
        return dt.date.fromisoformat(folder.resolve().name)
    except ValueError:
        return None


def _files(named: str) -> list[Path]:
    """The files of lists a path stands for, the oldest first (InputProblem without any); of a
    diagnosis without campaigns, where it would be."""
    path = Path(named)
    if not path.exists():
        raise InputProblem("earlier_missing", folder=named)
    found = [path]
    if path.is_dir():
        folders = (path, *(each.parent for each in path.glob("*/*.*")))
        found = sorted({each / FILE for each in folders if is_diagnosis(each)})
    if not found:
        raise InputProblem("earlier_none", folder=named, file=FILE)
    return found


def _in_these_sales(
    ids: pd.Series, reading: Reading, customers: pa.ChunkedArray
) -> tuple[pd.Series, pd.Series]:
    """The customers as these sales name them, and who of them is known (mask).

    One who is not found as written is looked for by the number that a mail address or telephone
    number now belongs to, then without zeros in front, which spreadsheets drop.
    """
    known = set(pc.unique(customers).to_pylist())
    bare: dict[str, str | None] = {}
    for each in known:
        short = each.lstrip("0")
        bare[short] = None if short in bare else each
    texts = pa.array(ids.tolist(), pa.string())
    others = [
        reading.identity.named_by(kind, texts).to_pylist()
        for kind in ("mail", "phone", "number", "name")
    ]
    found = []
    for i, own in enumerate(ids):
        ways = [own, *(each[i] for each in others), bare.get(own.removesuffix(".0").lstrip("0"))]
        found.append(next((way for way in ways if way in known), own))
    found = pd.Series(found, index=ids.index, dtype=object)
    return found, found.isin(known)
