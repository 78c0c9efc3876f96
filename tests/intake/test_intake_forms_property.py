"""Any date and any amount, written in any form that is read, comes back; any text is borne."""

import datetime as dt
import re
from decimal import Decimal

import numpy as np
import pyarrow as pa
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toolkit.intake.tables.coded import coded
from toolkit.intake.values.amounts import read_amounts
from toolkit.intake.values.clocks import joined
from toolkit.intake.values.date_forms import months
from toolkit.intake.values.dates import business_days, read_dates
from toolkit.intake.values.place import Place
from toolkit.problems import InputProblem

ERAS = (("令和", "R", dt.date(2019, 5, 1)), ("平成", "H", dt.date(1989, 1, 8)))
ERAS += (("昭和", "S", dt.date(1926, 12, 25)),)
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def columns(texts):
    whole = pa.array(texts, pa.string()).dictionary_encode()
    return coded(whole.indices.to_numpy(), whole.dictionary)


def place(texts):
    return Place("f.csv", "c", np.arange(len(texts)) + 2)


def era(day, form="{0}{2}年{3}月{4}日"):
    name, letter, first = next(each for each in ERAS if day >= each[2])
    parts = (name, letter, day.year - first.year + 1, day.month, day.day)
    return "".join(str(parts[int(c)]) if c.isdigit() else c for c in form if c not in "{}")


DATES = {  # a day as text
    "dashes": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "points": lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    "compact": lambda d: f"{d:%Y%m%d}",
    "kanji": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "weekday": lambda d: f"{d.year}/{d.month:02}/{d.day:02}({'月火水木金土日'[d.weekday()]})",
    "era": era,
    "first": lambda d: re.sub("(?<=[^0-9])1年", "元年", era(d)),
    "letter": lambda d: era(d, "{1}{2}.{3}.{4}"),
    "day named": lambda d: f"{d.day}-{d:%b}-{d.year}",
    "month named": lambda d: f"{d:%B} {d.day}, {d.year}",
}
UNSAID = {  # a day as text that does not say which part is the day
    "dmy": lambda d: f"{d.day}/{d.month}/{d.year}",
    "mdy": lambda d: f"{d.month:02}-{d.day:02}-{d.year}",
    "dmy points": lambda d: f"{d.day}.{d.month}.{d.year}",
}
TIMES = {  # a time as text
    "colons": lambda t: f"{t:%H:%M:%S}",
    "unpadded": lambda t: f"{t.hour}:{t:%M}:{t:%S}",
    "kanji": lambda t: f"{t.hour}時{t.minute}分{t.second}秒",
    "half": lambda t: f"{'午前午後'[t.hour // 12 * 2 :][:2]}{t.hour % 12}:{t:%M:%S}",
    "pm": lambda t: f"{t:%I:%M:%S} {'AM' if t.hour < 12 else 'PM'}",
    "zone": lambda t: f"{t:%H:%M:%S}+09:00",
    "parts": lambda t: f"{t:%H:%M:%S}.25",
}
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2199, 12, 31))
CLOCKS = st.times().map(lambda t: t.replace(microsecond=0))


def back(texts, **options):
    return read_dates(columns(texts), place(texts), **options).at.tolist()


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            DAYS,
            CLOCKS,
            st.sampled_from(list(DATES)),
            st.sampled_from(list(TIMES)),
            st.booleans(),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_any_day_in_any_form_comes_back(drawn):
    texts, expected = [], []
    for day, time, form, clock, wide in drawn:
        text = f"{DATES[form](day)} {TIMES[clock](time)}"
        texts.append(text.translate(WIDE) if wide else text)
        expected.append(dt.datetime.combine(day, time))
    assert back(texts) == expected
    untimed = [DATES[form](day) for day, _, form, _, _ in drawn]
    assert back(untimed) == [dt.datetime.combine(day, dt.time()) for day, *_ in drawn]


@settings(max_examples=40, deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(list(UNSAID)), st.booleans())
def test_any_day_comes_back_where_the_column_or_the_setting_shows_the_order(days, form, shown):
    if shown:
        days = [*days, dt.date(2020, 12, 31)]
        assert back([UNSAID[form](day) for day in days])[:-1] == [
            dt.datetime.combine(day, dt.time()) for day in days[:-1]
        ]
    else:
        assert back([UNSAID[form](day) for day in days], order=form[:3]) == [
            dt.datetime.combine(day, dt.time()) for day in days
        ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.dates(dt.date(1969, 1, 1), dt.date(2068, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(["%y/%m/%d", "%d/%m/%y", "%m/%d/%y", "%d-%b-%y"]),
)
def test_any_day_with_a_short_year_comes_back_in_the_order_set(days, form):
    order = {"%y": "ymd", "%d": "dmy", "%m": "mdy"}[form[:2]]
    assert back([f"{day:{form}}" for day in days], order=order) == [
        dt.datetime.combine(day, dt.time()) for day in days
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)),
    st.lists(st.integers(0, 3 * 365).map(dt.timedelta), min_size=1, max_size=40),
    st.sampled_from(["%y/%m/%d", "%d/%m/%y", "%m/%d/%y"]),
)
def test_a_column_of_short_years_is_read_rightly_or_refused(first, after, form):
    days = [first + each for each in after]
    days = [*days, *(days[0].replace(day=day) for day in range(1, 29))]
    try:
        found = back([f"{day:{form}}" for day in days])
    except InputProblem as problem:
        assert problem.faults[0][0] == "ambiguous_dates"
    else:
        assert found == [dt.datetime.combine(day, dt.time()) for day in days]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(DAYS, CLOCKS), min_size=1, max_size=20), st.sampled_from(["", "f", "d"]))
def test_days_and_times_in_two_columns_come_back(drawn, kind):
    write = {
        "": lambda t: f"{t:%H:%M:%S}",
        "f": lambda t: f"{(t.hour * 3600 + t.minute * 60 + t.second) / 86400:.8f}",
        "d": lambda t: f"1{t:%H%M%S}"[1:].lstrip("0") or "0",
    }[kind]
    days = columns([day.isoformat() for day, _ in drawn])
    times = [write(time) for _, time in drawn]
    assume(kind != "d" or max(map(len, times)) > 4)
    whole = joined(days, columns(times))
    assert read_dates(whole, place(drawn)).at.tolist() == [
        dt.datetime.combine(day, time) for day, time in drawn
    ]


def written(number, mark):
    """A decimal number with its thousands parted and its decimal mark."""
    whole, _, part = f"{abs(number):,f}".partition(".")
    parted = whole.replace(",", "." if mark == "," else ",")
    return parted + (mark + part if part else "")


def signed(front, back=""):
    return lambda text, negative: f"{'-' if negative else ''}{front}{text}{back}"


AMOUNTS = {  # an unsigned amount as text, and whether it is negative
    "plain": signed(""),
    "yen": signed("¥"),
    "full-width yen": lambda text, negative: signed("￥")(text, negative).translate(WIDE),
    "円": signed("", "円"),
    "code": signed("JPY "),
    "code behind": signed("", " EUR"),
    "euro": signed("", " €"),
    "taxed": signed("", "円(税込)"),
    "plus": lambda text, negative: ("-" if negative else "+") + text,
    "triangle": lambda text, negative: ("△" if negative else "") + text,
    "brackets": lambda text, negative: f"({text})" if negative else text,
    "minus behind": lambda text, negative: text + ("-" if negative else ""),
    "万": signed("", "万円"),
    "千": signed("", "千円"),
}
POWER = {"万": 4, "千": 3}
NUMBERS = st.tuples(st.integers(-(10**15), 10**15), st.integers(0, 4)).map(
    lambda pair: Decimal(pair[0]).scaleb(-pair[1])
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(NUMBERS, st.sampled_from(list(AMOUNTS))), min_size=1, max_size=20),
    st.sampled_from(",."),
    st.sampled_from(["set", "shown"]),
)
def test_any_amount_in_any_form_comes_back_exactly(drawn, mark, how):
    texts = [AMOUNTS[form](written(number, mark), number < 0) for number, form in drawn]
    column = columns([*texts, f"1{mark}5"])
    given = {"mark": mark} if how == "set" else {}
    found = read_amounts(column, place(column.codes), **given)
    assert found.readable.all()
    assert [Decimal(int(units)).scaleb(-found.scale) for units in found.units[:-1]] == [
        number.scaleb(POWER.get(form, 0)) for number, form in drawn
    ]


LIKELY = st.text(st.sampled_from("0123456789.,-/:年月日時RHSEe ()¥$△万円元午前後PMTZ+税込A'和令"))
TEXTS = st.lists(st.one_of(st.text(max_size=20), LIKELY), max_size=12)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from([None, "Asia/Tokyo"]), st.sampled_from([None, "ymd", "dmy"]))
def test_any_texts_are_read_as_dates_or_not_at_all(texts, zone, order):
    try:
        found = read_dates(columns(texts), place(texts), zone, order)
    except InputProblem as problem:
        assert problem.text("ja") and problem.text("en")
    else:
        assert len(found.at) == len(texts)
        years = found.at[~np.isnat(found.at)].astype("datetime64[Y]").astype(int) + 1970
        assert ((years >= 1949) & (years <= 2200)).all()
        assert len(business_days(found, "05:00")) == len(texts)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8) | LIKELY, LIKELY), max_size=8))
def test_any_two_columns_are_joined(pairs):
    whole = joined(columns([day for day, _ in pairs]), columns([time for _, time in pairs]))
    assert len(whole.codes) == len(pairs)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from([None, ",", "."]))
def test_any_texts_are_read_as_amounts_or_not_at_all(texts, mark):
    try:
        found = read_amounts(columns(texts), place(texts), mark)
    except InputProblem as problem:
        assert problem.text("ja") and problem.text("en")
    else:
        assert len(found.units) == len(texts) and not found.units[~found.readable].any()


def test_no_name_of_a_month_means_two():
    names = months()
    assert len(names) > 40 and set(names.values()) == set(range(1, 13))
    assert all(name == name.upper() and "." not in name for name in names)
