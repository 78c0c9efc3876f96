"""What a column looks like, measured over the first rows of a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.intake.customers.mangled import MANGLED, mangled
from toolkit.intake.names import aliases, plain
from toolkit.intake.sales.statuses import surely_told, voids, waits, wishes
from toolkit.intake.tables.coded import Coded, half_width
from toolkit.intake.tables.strays import totals_among
from toolkit.intake.values.amounts import read_amounts
from toolkit.intake.values.count_units import without_units
from toolkit.intake.values.dates import read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

MOST_VALUES = 1_000  # different values of a column that are looked at
ORDERS = ("ymd", "dmy", "mdy")
MOST_STATUSES = 40  # different values a column of statuses has at most
LONGEST_STATUS = 20  # characters of a text that is one by its content alone
MAY_BE_DATE = r"\d\D+\d|\d{5}"  # every date has such a part, and most other texts have none
SERIAL = r"^\d{5}(\.\d*)?$"  # a day of Excel's calendar, or any number of five digits
CLOCK = (
    r"^(1899-12-30[T ]|1900[-/]0?1[-/]0?0[T ])?(午前|午後|[AaPp]\.?[Mm]\.?)? ?"
    r"\d{1,2}([:時]\d{1,2}([:分]\d{1,2}(\.\d+)?秒?|分)?|時)( ?[AaPp]\.?[Mm]\.?)?$"
)
MAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
PHONE = r"^(\+\d|0[1-9]|\(\d)[\d\-() ]{7,16}$"
POSTCODE = r"^〒?\d{3}-\d{4}$|^\d{5}-\d{4}$"
CODE = rf"^[#A-Za-z0-9_./\-]*\d[#A-Za-z0-9_./\-]*$|{MANGLED}"  # one word with a digit in it
MASKED = r"[*●•※xX]{3,}[-\s]*\d{2,6}$|^\d{2,6}[-\s]*[*●•※]{3,}"  # as of a card: ****-1234
MARKED = r"[¥$€£円\\]|^-?\d{1,3}(,\d{3})+(\.\d+)?$"
WHOLE = r"^\D{0,2}[\d, ]+(\.0*)?\D{0,2}$"


@dataclass(frozen=True)
class Look:
    """One column. Shares are of its filled rows, 0 to 1; the numbers are None without numbers.

    rows: filled ones. filled: their share. distinct: different values. example: the first.
    dates (of these serials: numbers of five digits), clocks, numbers, whole, marked (a currency
    sign or thousands parted), negative, tens (whole tens), mails, phones, postcodes, codes (one
    word with a digit in it), masked (all but one end of a number hidden), padded (numbers with a
    leading zero), letters, statuses (known words
    of a status), fixed (of the commonest length): shares. voids: some value is a word for a
    voided or unpaid order; surely: one that is said of nothing else. length: mean, in characters.
    low, middle, high: the 5th, 50th and 95th percentile of the numbers. first_year, last_year: the
    same of the dates' years.
    """

    rows: int
    filled: float
    distinct: int
    example: str
    dates: float = 0.0
    serials: float = 0.0
    clocks: float = 0.0
    numbers: float = 0.0
    whole: float = 0.0
    marked: float = 0.0
    negative: float = 0.0
    tens: float = 0.0
    mails: float = 0.0
    phones: float = 0.0
    postcodes: float = 0.0
    codes: float = 0.0
    masked: float = 0.0
    padded: float = 0.0
    letters: float = 0.0
    statuses: float = 0.0
    fixed: float = 0.0
    voids: bool = False
    surely: bool = False
    length: float = 0.0
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    first_year: int | None = None
    last_year: int | None = None

    @property
    def again(self) -> float:
        """Share of the rows whose value has stood before."""
        return 1 - self.distinct / self.rows if self.rows else 0.0

    @property
    def few(self) -> bool:
        """A handful of values for very many rows: a class, not a key."""
        return self.distinct <= 12 and self.rows >= 30 * self.distinct

    @property
    def counts(self) -> bool:
        """Small whole numbers, as quantities are."""
        return self.numbers >= 0.9 and self.whole >= 0.95 and self.middle <= 12 and self.high <= 100

    @property
    def small(self) -> bool:
        """Numbers up to a hundred or so: counts, ages, rates."""
        return self.numbers >= 0.9 and self.high <= 120 and self.distinct <= 120

    @property
    def dense(self) -> bool:
        """Whole numbers of which hardly one is left out, as where things are numbered."""
        if self.numbers < 0.9 or self.whole < 0.95 or self.distinct < 20:
            return False
        return self.distinct >= 0.5 * (self.high - self.low + 1)

    @property
    def money(self) -> bool:
        """Numbers such as amounts are, and not such as identify something."""
        if self.numbers < 0.9 or self.padded > 0.02 or self.counts:
            return False
        if self.whole < 0.8 or self.marked >= 0.2 or self.tens >= 0.8:
            return True
        return self.fixed < 0.9 and not self.dense


def look_at(column: Coded) -> Look:
    """The look of a column; parsed are at most 1,000 of its different values, evenly spread."""
    counts = np.bincount(column.codes, minlength=len(column.texts))
    filled = pc.not_equal(column.texts, "").to_numpy(zero_copy_only=False) & (counts > 0)
    there = np.flatnonzero(_without_totals(column.texts, filled))
    rows, every = int(counts[there].sum()), len(column.codes)
    if not rows:
        return Look(0, 0.0, 0, "")
    some = there[:: -(-len(there) // MOST_VALUES)]
    weight = counts[some] / counts[some].sum()
    first = int(np.flatnonzero(filled[column.codes])[0])
    example = column.texts[int(column.codes[first])].as_py()
    texts = half_width(column.texts.take(pa.array(some)))
    shares = _shares(texts, weight)
    shares |= _numbers(texts, weight) | _dates(texts, weight) | _words(texts, weight)
    shares = {name: round(v, 9) if isinstance(v, float) else v for name, v in shares.items()}
    return Look(rows, rows / every, len(there), example, **shares)


def _without_totals(texts: pa.Array, filled: np.ndarray) -> np.ndarray:
    """The texts (mask) but those that name totals, where they are not most of them."""
    others = filled & ~np.asarray(totals_among(texts))
    return others if 2 * others.sum() >= filled.sum() else filled


def _shares(texts: pa.Array, weight: np.ndarray) -> dict:
    patterns = {"clocks": CLOCK, "mails": MAIL, "phones": PHONE, "postcodes": POSTCODE}
    patterns |= {"codes": CODE, "padded": r"^0\d+$", "letters": r"\p{L}", "marked": MARKED}
    patterns |= {"masked": MASKED}
    shares = {
        name: float(weight[pc.match_substring_regex(texts, pattern).to_numpy(False)].sum())
        for name, pattern in patterns.items()
    }
    lengths = pc.utf8_length(texts).to_numpy()
    fixed = float(np.bincount(lengths, weight).max())
    return shares | {"fixed": fixed, "length": float((lengths * weight).sum())}


def _numbers(texts: pa.Array, weight: np.ndarray) -> dict:
    texts = without_units(texts)
    values = read_numbers(texts)
    numbers = ~np.isnan(values) & ~mangled(texts).to_numpy(zero_copy_only=False)
    if not numbers.any():
        return {}
    values = values[numbers]
    share = float(weight[numbers].sum())
    of_numbers = weight[numbers] / share
    low, middle, high = _percentiles(values, of_numbers)
    whole = pc.match_substring_regex(texts, WHOLE).to_numpy(False)[numbers]
    return {
        "numbers": share,
        "whole": float(of_numbers[whole].sum()),
        "negative": float(of_numbers[values < 0].sum()),
        "tens": float(of_numbers[(values % 10 == 0) & (values != 0)].sum()),
        "low": low,
        "middle": middle,
        "high": high,
    }


def read_numbers(texts: pa.Array) -> np.ndarray:
    """The numbers the texts stand for, NaN where one is none."""
    try:
        found = read_amounts(Coded(np.arange(len(texts)), texts))
    except InputProblem:  # a column that contradicts itself holds no numbers
        return np.full(len(texts), np.nan)
    return np.where(found.readable, found.units.astype(float) / 10.0**found.scale, np.nan)


def days_of(column: Coded) -> np.ndarray:
    """The day of every row as a number, -1 where there is no date."""
    at = _read(half_width(column.texts))
    days = np.where(np.isnat(at), -1, at.astype("datetime64[D]").astype(np.int64))
    return column.look_up(np.where(days < -1, -1, days))


def _dates(texts: pa.Array, weight: np.ndarray) -> dict:
    at = _read(texts)
    dated = ~np.isnat(at)
    if not dated.any():
        return {}
    share = float(weight[dated].sum())
    years = at[dated].astype("datetime64[Y]").astype(np.int64) + 1970
    first, _, last = _percentiles(years.astype(float), weight[dated] / share)
    serials = pc.match_substring_regex(texts, SERIAL).to_numpy(False) & dated
    told = {"dates": share, "serials": float(weight[serials].sum())}
    return told | {"first_year": int(first), "last_year": int(last)}


def _read(texts: pa.Array) -> np.ndarray:
    """The dates among the texts; where day and month cannot be told apart, in the order in which
    most of them are dates."""
    found = np.full(len(texts), np.datetime64("NaT"), "datetime64[us]")
    may_be = pc.match_substring_regex(texts, MAY_BE_DATE)
    found[may_be.to_numpy(False)] = _in_likeliest_order(texts.filter(may_be))
    return found


def _in_likeliest_order(texts: pa.Array) -> np.ndarray:
    column, place = Coded(np.arange(len(texts)), texts), Place("", "", np.arange(len(texts)))
    try:
        return read_dates(column, place).at
    except InputProblem:
        found = (read_dates(column, place, order=order).at for order in ORDERS)
        return max(found, key=lambda at: int((~np.isnat(at)).sum()))


def _words(texts: pa.Array, weight: np.ndarray) -> dict:
    if len(texts) > MOST_STATUSES:
        return {}
    values = texts.to_pylist()
    void = np.array([len(v) <= LONGEST_STATUS and (voids(v) or waits(v)) for v in values])
    good = np.array([plain(v) in aliases()["status"]["good"] or wishes(v) for v in values])
    told = {"statuses": float(weight[void | good].sum()), "voids": bool(void.any())}
    return told | {"surely": any(map(surely_told, values))}


def _percentiles(values: np.ndarray, weight: np.ndarray) -> tuple[float, float, float]:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    at = np.searchsorted(reached, [0.05 - 1e-9, 0.5 - 1e-9, 0.95 - 1e-9])
    low, middle, high = values[order][np.minimum(at, len(values) - 1)]
    return float(low), float(middle), float(high)
