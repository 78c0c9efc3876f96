"""Which columns say that a row is no order: cancelled, not paid, no sale."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.columns.finder import Finder
from toolkit.intake.columns.formats import STATUS
from toolkit.intake.columns.headings import says, speaks_against
from toolkit.intake.columns.looks import LONGEST_STATUS
from toolkit.intake.names import aliases, plain, quoted
from toolkit.intake.sales import flags
from toolkit.intake.sales.cancel_names import (
    STATES,
    bare,
    hints,
    names_marks,
    names_reasons,
    names_returns,
)
from toolkit.intake.sales.statuses import surely_voids, tests_of, which, wishes
from toolkit.intake.tables.coded import Coded, half_width

OF_STATUSES = 0.9  # share of the filled rows with known words, from which content alone tells it
STATE = "state"  # of an order or of an address


def settle(find: Finder) -> None:
    """Every column that can leave a row out: those the format has rules for, else those told by
    their names or by their content, else the likeliest one; and columns of why or by whom orders
    were cancelled, where no other cancels any."""
    names = aliases()["status"]["names"]
    found = {i for i, name in enumerate(find.names) if name in names or _by_name(find, i)}
    if find.format is not None:
        common = names if STATUS in find.format.common_names else []
        names = [*(plain(rule.column) for rule in find.format.status), *common]
        found = {find.places[name] for name in names if name in find.places}
        kinds = find.format.line_kinds
        if kinds is not None and plain(kinds.column) in find.places:
            find.columns["line_kind"] = (find.places[plain(kinds.column)],)
    if find.is_given("status"):
        return
    if find.format is None:
        found |= {i for i in range(len(find.header)) if _by_content(find, i)}
    found -= find.taken
    if found:
        find.settle_listed("status", tuple(sorted(found)))
    elif find.format is None and find.pick("status"):
        at = find.columns["status"][0]
        if find.by_content_alone("status") and speaks_against("status", find.header[at]):
            find.drop("status")  # products called "Return to Nature", say
    if find.format is None:
        _add_reasons(find)


def ask(find: Finder) -> None:
    """Keep a note on every column without a role in which some rows have a word of cancelling, or
    ask for it: it may be a column of remarks, and whether such an order was one is not for the
    program to say. So on reasons of cancelling in rows that count, and on marks of red slips of
    which it is not sure what they say."""
    glance = find.evidence.glance
    if glance is None or find.format is not None or find.is_given("status"):
        return
    for at, column in enumerate(glance.columns):
        if at in find.taken:
            continue
        name, found = find.header[at], {}
        if names_reasons(name) or _may_tell(find, at):
            found["status_reason"] = _reasoned(column) & ~_cancelled(find)
        elif _red_unsure(find, at):
            found["status_red"] = ~column.blank()
        elif not speaks_against("status", name) or _holds_states(find, at):
            found["status_maybe"] = column.look_up(_told(column.texts, surely_voids))
            found["status_wish"] = column.look_up(_told(column.texts, wishes))
        for key, rows in found.items():
            if rows.any():
                values = {"column": name, "n": int(rows.sum()), "typed": quoted(name)}
                find.told.append((key, values))


def _holds_states(find: Finder, at: int) -> bool:
    """Whether practically all that stands in a column are states of an order, whatever its name."""
    fit = find.evidence.fit
    return fit is not None and fit.looks[at].statuses >= OF_STATUSES


def _add_reasons(find: Finder) -> None:
    """Add the columns of reasons in which less than half of the rows have one to those of statuses,
    where none of these cancels a row. Our rule."""
    glance = find.evidence.glance
    if glance is None:
        return
    found = {
        at
        for at, column in enumerate(glance.columns)
        if at not in find.taken
        and names_reasons(find.header[at])
        and 2 * int(_reasoned(column).sum()) < glance.rows
    }
    if found and not _cancelled(find).any():
        find.settle_listed("status", tuple(sorted(found.union(find.columns.get("status", ())))))


def _reasoned(column: Coded) -> np.ndarray:
    return column.look_up(which(column.texts, flags.reasoned))


def _cancelled(find: Finder) -> np.ndarray:
    """The first rows that the columns of statuses cancel (mask)."""
    glance = find.evidence.glance
    out = np.zeros(glance.rows, bool)
    for at in find.columns.get("status", ()):
        column = glance.columns[at]
        test = tests_of(find.header[at], column, None)["cancelled"]
        out |= column.look_up(which(column.texts, test))
    return out


def _red_unsure(find: Finder, at: int) -> bool:
    """Whether it is not sure which rows of a column of red slips are the red ones: most have the
    mark of one, or there are but codes (1, 2) of which none says no."""
    column = find.evidence.glance.columns[at]
    named = find.names[at] in aliases()["status"]["kinds"]
    if not named or aliases()["status"]["red"] not in find.names[at]:
        return False
    reds = flags.red_marks(find.header[at], column.texts)
    marked = column.look_up(which(column.texts, lambda text: plain(text) in reds))
    codes = [plain(text).isdecimal() for text in column.texts.to_pylist()]
    return 2 * int(marked.sum()) > len(marked) or (not reds and len(codes) > 1 and all(codes))


def _told(texts: pa.Array, test: Callable[[str], bool]) -> np.ndarray:
    """Which texts are short, have a word in them that is said of nothing but an order, and pass."""
    bare = pc.replace_substring_regex(pc.utf8_lower(half_width(texts)), r"[\s_\-]", "")
    words = (*aliases()["status"]["strong"], *aliases()["wishes"]["undo"])
    may = pc.match_substring_regex(bare, "|".join(words))
    some = pc.and_(pc.less_equal(pc.utf8_length(texts), LONGEST_STATUS), may)
    told = zip(some.to_pylist(), texts.to_pylist(), strict=True)
    return np.array([bool(hit) and test(text) for hit, text in told], bool)


def _by_name(find: Finder, at: int) -> bool:
    """Whether a column of no known system is one of statuses, marks, dates or kinds by its name."""
    words, name, glance = aliases()["status"], find.names[at], find.evidence.glance
    if name in words["any_kinds"]:
        return glance is not None and flags.tells_kinds(glance.columns[at])
    if name in words["paid_flags"] or name in words["valid_flags"]:
        return glance is not None and bool(flags.lacks(glance.columns[at].texts))
    if glance is not None and _red_unsure(find, at):
        return False
    if any(name in words[each] for each in ("more_names", "flags", "dates", "kinds", "test_flags")):
        return True
    if name in words["returned_flags"] or name in words["returned_dates"]:
        return not _has_refunds(find)
    if glance is not None and flags.tells_marks(find.header[at], glance.columns[at]):
        return not (names_returns(find.header[at]) and _has_refunds(find))
    if glance is not None and flags.tells_dates(name, glance.columns[at]):
        return True
    if glance is not None and flags.names_kinds(name, glance.columns[at].texts):
        return True
    return name.endswith(STATES) and says("status", find.header[at]) == "word"


def _has_refunds(find: Finder) -> bool:
    refunds = aliases()["refund"]
    return bool(find.places.keys() & {*refunds["names"], *refunds["more_names"]})


def _may_tell(find: Finder, at: int) -> bool:
    """Whether a column may say what was cancelled or taken back: its name has a word of it, and a
    mark, an amount, a remark or the like stands in less than half of the rows; one of what was
    taken back only where no amounts of it are taken off. Our rule."""
    name, column = find.header[at], find.evidence.glance.columns[at]
    marked = names_marks(name)
    if not (marked or hints(name)) or ("refund" in find.columns and not _of_cancelling(name)):
        return False
    return marked or 2 * int(_reasoned(column).sum()) < len(column.codes)


def _of_cancelling(name: str) -> bool:
    return any(part in bare(name) for part in aliases()["status"]["flag_parts"])


def _by_content(find: Finder, at: int) -> bool:
    """Whether practically all that stands in a column are words of a status, some of them said of
    nothing but a cancelled order or one that waits; not one whose name says something else."""
    fit = find.evidence.fit
    if fit is None or speaks_against("status", find.header[at]):
        return False
    look = fit.looks[at]
    named = find.evidence.says("status", at) == "word" or find.names[at] == STATE
    return look.voids and look.statuses >= OF_STATUSES and (named or look.surely)
