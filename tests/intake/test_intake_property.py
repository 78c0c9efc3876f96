"""Whatever is written in a supported form is read back, and no row is lost."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake import read_sales
from toolkit.settings import Settings

DATES = (
    lambda t: t.isoformat(sep=" "),
    lambda t: t.isoformat() + "+09:00",
    lambda t: f"{t.year}/{t.month}/{t.day} {t.hour}:{t.minute:02d}:{t.second:02d}",
    lambda t: f"{t:%Y%m%d%H%M%S}",
    lambda t: f"{t.year}年{t.month}月{t.day}日 {t.hour}:{t.minute:02d}:{t.second:02d}",
    lambda t: wide(f"{t:%Y/%m/%d %H:%M:%S}"),
)
AMOUNTS = (
    lambda n: f"{n}",
    lambda n: f"{n:,}",
    lambda n: f"¥{n}" if n >= 0 else f"-¥{-n:,}",
    lambda n: f"{n:,}円",
    lambda n: f"△{-n}" if n < 0 else f"{n}.00",
    lambda n: f"({-n:,})" if n < 0 else wide(f"￥{n:,}"),
)
GOOD = st.tuples(
    st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2199, 12, 31)).map(
        lambda t: t.replace(microsecond=0)
    ),
    st.integers(-(10**12), 10**12),
    st.sampled_from(DATES),
    st.sampled_from(AMOUNTS),
)
COLUMNS = {"customer": "customer_id", "date": "date", "amount": "amount"}
BAD = st.sampled_from(['9,soon,"5"', '9,2024-01-05,"x"', ',2024-01-05,"5"', '9,2024-01-05,"5",6'])


def wide(text):
    return text.translate({code: code + 0xFEE0 for code in range(0x2C, 0x3B)})


@settings(max_examples=60, deadline=None)  # more rows are good than bad: else the file is refused
@given(good=st.lists(GOOD, min_size=7, max_size=25), bad=st.lists(BAD, max_size=6), where=st.data())
def test_rows_read_are_rows_kept_and_set_aside_and_values_come_back(
    tmp_path_factory, good, bad, where
):
    rows = [f'{i + 1},{date(at)},"{amount(n)}"' for i, (at, n, date, amount) in enumerate(good)]
    for row in bad:
        rows.insert(where.draw(st.integers(0, len(rows))), row)
    path = tmp_path_factory.mktemp("property") / "sales.csv"
    path.write_text("\n".join(["customer_id,date,amount", *rows]) + "\n", encoding="utf-8")
    columns = {f"{role}_column": name for role, name in COLUMNS.items()}
    latest = max(at for at, *_ in good).date()  # far from the others it would be a slip
    ledger = read_sales(path, Settings.checked(columns | {"closing_date": latest}))
    assert ledger.source.rows_read == len(good) + len(bad)
    assert len(ledger.set_aside) == len(bad)
    back = ledger.orders.order_by("source_row").to_pyarrow().to_pylist()
    assert [(o["customer_id"], o["ordered_at"], o["amount"]) for o in back] == [
        (str(i + 1), at, n) for i, (at, n, _, _) in enumerate(good)
    ]
    for order in back:  # the number of a row is its place in the file
        assert rows[order["source_row"] - 2].startswith(order["customer_id"] + ",")
