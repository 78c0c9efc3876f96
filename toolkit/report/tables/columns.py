"""What every column of the delivered tables means and is counted in: `tables/columns.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from pandas.api.types import is_bool_dtype

from toolkit.report.facts import (
    CONTACTS,
    CUSTOMERS,
    DAYS,
    MONTHS,
    ORDERS,
    RATIO,
    ROWS,
    SHARE,
    VISITS,
)
from toolkit.words import Words

if TYPE_CHECKING:
    from toolkit.report.tables.table import Table

FLAG, DATE, TEXT, NUMBER = "flag", "date", "text", "number"
# Columns of numbers that are no money, by what they count; `file.column` before `column`.
UNITS = {
    CUSTOMERS: (
        *("customers", "customers_ago", "customers_before", "year_ago", "active", "lapsed"),
        *("opening", "new", "returned", "moved_in", "moved_out", "lost", "closing"),
        *("previous", "kept", "revived", "dormant", "promoted", "stayed", "fell_back"),
        *("mature", "went_on", "again", "buyers", "repeaters", "ever", "came", "without"),
        *("prospects", "already", "converted", "waiting", "not_followed", "contacted", "forgotten"),
        *("starters", "open", "expected_lost", "returning", "so_far", "hole_lost", "hole_of"),
        *("open_month.expected", "open_month.low", "open_month.high", "products_next.expected"),
        *("last_visit_months.low", "last_visit_months.high"),
        *("unseen", "stood_lost", "came_since"),
        *("active_1", "active_5", "more_active_1", "more_active_5"),
        *("more_active_1_low", "more_active_1_high"),
        *("campaigns.counted", "held_out", "reached", "crossed", "contacted_came", "held_out_came"),
        *("others", "others_came", "answered"),
        *("silent", "unusual", "line", "contract", "worth_contacting"),
    ),
    VISITS: (
        *("visits", "visits_ago", "previous_visits", "usual_visits", "missing_visits", "n_visits"),
        *("expected_visits", "products_together.expected"),
        *("at_risk", "gap_survival.came", "return_chance.waiting"),
        *("called_lost", "came_back", "gone"),
    ),
    ORDERS: ("most_orders",),
    CONTACTS: (
        *("due", "refused", "unreached", "rested", "printed", "follow_up_weeks.contacts"),
        "campaigns.follow_ups",
        *("follow_up_rules.contacts", "follow_up_rules.held_out", "follow_up_rules.control"),
    ),
    ROWS: ("rows",),
    DAYS: (
        *("days", "watched", "within_days", "median_days", "gap_days", "tenure_days"),
        *("silent_days", "line_days", "later_days"),
        *("late_days", "unusual_days"),
        *("rhythm_days", "usual_days", "lapse_days", "fledgling_days", "prime_days"),
    ),
    MONTHS: ("age", "months", "months_ahead"),
    SHARE: (
        *("share", "share_ago", "share_before", "sales_share", "sales_share_ago"),
        *("share_buying", "share_again", "cumulative_share", "repeater_rate", "repeat_rate"),
        *("survival", "error", "since_share"),
        *("hole", "retention", "outflow", "revival", "promotion", "lapse"),
        *("low", "high", "expected", "p", "predicted", "happened", "chance", "cohort_trend.change"),
        *("calibration_error", "noise_floor"),
        *("contacted_share", "held_out_share", "others_share", "base", "smallest"),
        *("uplift", "uplift_low", "uplift_high"),
    ),
    RATIO: (
        "quick_ratio",
        "response",
        "visits_per_head",
        "visits_per_head_ago",
        "lift",
        "bias",
        "bias_low",
        "bias_high",
        "lift_tenth",
        "lift_fifth",
    ),
    NUMBER: (
        *(
            "nth",
            "years_ahead",
            "decile",
            "tenth",
            "recency",
            "frequency",
            "score",
            "letters",
            "week_ahead",
            "contacts",
            "caused",
            "pool",
        ),
        "lapse_weeks.week",
        *("followed", "person", "source_row", "auc", "auc_lapsed", "brier"),
        *("behind", "behind_low", "behind_high", "mae", "rmse"),
        *(f"prediction_counts.{name}" for name in ("calibration_error", "predicted", "happened")),
    ),
}


class Described(NamedTuple):
    """A file with its table, and rows of it that show what kind each column is of."""

    file: str
    table: Table
    rows: pd.DataFrame


def described(files: Iterable[Described], code: str, languages: Sequence[str]) -> pd.DataFrame:
    """One row per column of every file.

    Columns: file, column, unit (an ISO currency code; one of the units of `facts.json`; number,
    date, flag or text; "by" another column whose value decides) and, in each language of the
    report, section (which shows its numbers), one_row_per and meaning.
    """
    spoken = [(Words(x), f"_{x}" if len(languages) > 1 else "") for x in languages]
    return pd.DataFrame(
        [
            {"file": file, "column": column, "unit": unit_of(table, column, rows[column], code)}
            | {
                f"{name}{suffix}": text
                for words, suffix in spoken
                for name, text in _said(table, column, words).items()
            }
            for file, table, rows in files
            for column in rows
        ]
    )


def unit_of(table: Table, column: str, values: pd.Series, code: str) -> str:
    """What a column is counted in, or what kind of cells it has."""
    if column in table.money:
        return f"by {table.only[0]}" if table.only else code
    if is_bool_dtype(values.dtype):
        return FLAG
    for name in (f"{table.name}.{column}", column):
        for unit, columns in UNITS.items():
            if name in columns:
                return unit
    known = values.dropna()
    return TEXT if known.empty or isinstance(known.iloc[0], str) else DATE


def _said(table: Table, column: str, words: Words) -> dict[str, str]:
    own = f"meaning.{table.name}.{column}"
    return {
        "section": words[f"{table.section}.title"],
        "one_row_per": words[f"table.{table.name}"],
        "meaning": words[own if own in words else f"meaning.{column}"],
    }
