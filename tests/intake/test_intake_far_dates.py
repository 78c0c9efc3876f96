"""Dates far away from all the others."""

import datetime as dt

import numpy as np
import pytest

from toolkit.intake.sales.far_dates import last_day

HEAD = "会員番号,注文日,金額\n"
YEAR = "".join(f"C{i % 17},2025-{1 + i % 12:02d}-{1 + i % 28:02d},500\n" for i in range(200))
DATED = HEAD + YEAR  # to 2025-12-28
DAY = dt.date(2062, 1, 5)


def test_a_single_date_far_beyond_is_set_aside(shop):
    ledger = shop.read(DATED + "C1,2062-01-05,700\n")
    assert ledger.closing_date == dt.date(2025, 12, 28)
    assert shop.reasons(DATED + "C1,2062-01-05,700\n") == [(202, "after_closing", "700")]
    told = shop.notes(DATED + "C1,2062-01-05,700\n")["stray_after"]
    assert (told["n"], told["first"], told["last"], told["row"]) == (1, DAY, DAY, 202)
    assert told["closing"] == dt.date(2025, 12, 28)


def test_the_option_the_note_names_keeps_it(shop):
    content = DATED + "C1,2062-01-05,700\n"
    ledger = shop.read(content, closing_date=DAY)
    assert (ledger.source.rows_kept, ledger.closing_date) == (201, DAY)
    notes = shop.notes(content, closing_date=DAY)
    assert "stray_dates" in notes and "stray_after" not in notes


def test_a_date_far_before_is_kept_and_told(shop):
    content = HEAD + "C1,1999-01-05,700\n" + YEAR
    assert shop.read(content).first_date == dt.date(1999, 1, 5)
    told = shop.notes(content)["stray_dates"]
    assert (told["n"], told["first"], told["row"]) == (1, dt.date(1999, 1, 5), 2)
    both = content + "C1,2062-01-05,700\n"
    assert shop.read(both).closing_date == dt.date(2025, 12, 28)


def test_the_lines_of_one_stray_order_are_one_visit(shop):
    head = "注文番号,会員番号,注文日,商品名,金額\n"
    rows = "".join(f"{i},C{i % 17},2025-06-{1 + i % 28:02d},茶,500\n" for i in range(60))
    stray = "99,C1,2062-01-05,茶,5\n99,C1,2062-01-05,皿,6\n99,C1,2062-01-05,碗,7\n"
    assert len(shop.reasons(head + rows + stray)) == 3


@pytest.mark.parametrize(
    "others, beyond, gap, left_out",
    [
        (20, 1, 367, True),
        (19, 1, 367, False),  # too few others
        (20, 1, 366, False),  # no longer than a year
        (100, 2, 400, False),  # more than one, and more than one in a thousand
        (1998, 2, 400, True),  # 2 of 2000
        (6000, 5, 400, True),
        (6000, 6, 400, False),  # more than five
    ],
)
def test_the_limits(others, beyond, gap, left_out):
    bulk = np.sort(29 - np.arange(others) % 30)  # within 30 days, the last of them day 29
    days = np.r_[bulk, 29 + gap + np.arange(beyond)].astype("datetime64[D]")
    found = last_day(days, np.arange(len(days)))
    assert found == (np.datetime64(29, "D") if left_out else days[-1])


def test_a_shop_with_long_pauses_has_long_gaps():
    days = np.r_[np.arange(30), 400 + np.arange(30), 1600].astype("datetime64[D]")
    assert last_day(days, np.zeros(61, int)) == days[-1]  # 1171 days are not ten times 371
