"""Visits of several rows, without order numbers."""

import pytest

from toolkit.intake import read_sales
from toolkit.settings import Settings

HEAD = "来店日,会員番号,メニュー,{name}\n"
LINES = 22  # days of two rows


def content(name="会計金額", days=LINES, amounts=None, second=None):
    """On each day a customer with カット and カラー, both with the total of the visit."""
    rows = []
    for i in range(days):
        amount = 3000 + 500 * (i % 7) if amounts is None else amounts(i)
        below = amount if second is None else second(i)
        rows.append(f"2024/{1 + i // 28}/{1 + i % 28},M{i % 9},カット,{amount}\n")
        rows.append(f"2024/{1 + i // 28}/{1 + i % 28},M{i % 9},カラー,{below}\n")
    return HEAD.format(name=name) + "".join(rows)


TOTALS = [3000 + 500 * (i % 7) for i in range(LINES)]


@pytest.mark.parametrize("name", ["会計金額", "合計", "合計金額", "お支払合計", "お会計"])
def test_a_total_on_every_row_of_a_visit_counts_once(shop, name):
    text = content(name)
    assert shop.amounts(text) == TOTALS
    assert shop.notes(text)["visits_once"] == {"column": name, "n": LINES, "option": "--order none"}


def test_the_option_undoes_it(shop):
    text = content()
    assert sum(shop.amounts(text, order_column="none")) == 2 * sum(TOTALS)
    assert "visits_once" not in shop.notes(text, order_column="none")


def test_two_visits_on_one_day_with_totals_of_their_own(shop):
    text = content() + "2024/1/1,M0,シャンプー,700\n2024/1/1,M0,眉,700\n"
    assert shop.amounts(text) == [*TOTALS, 700]


def test_too_few_visits_are_added_up_and_told(shop):
    text = content(days=8)
    assert sum(shop.amounts(text)) == 2 * sum(TOTALS[:8])
    assert shop.notes(text)["visits_added_up"]["n"] == 8


def test_prices_that_come_to_the_total_show_it_on_few(shop):
    text = "来店日,会員番号,メニュー,単価,合計\n" + "".join(
        f"2024/1/{d},M{d},カット,{d}00,{d + 5}00\n2024/1/{d},M{d},カラー,500,{d + 5}00\n"
        for d in range(1, 8)
    )
    assert shop.amounts(text) == [100 * (d + 5) for d in range(1, 8)]


@pytest.mark.parametrize(
    "text",
    [
        content(amounts=lambda i: 500),  # a shop with one price
        content(second=lambda i: 900 + 100 * (i % 5)),  # rows of their own
        "来店日,会員番号,メニュー,単価,合計\n"
        + "".join(
            f"2024/1/{d},M{d},カット,{d}00,{d}00\n2024/1/{d},M{d},カラー,{d}00,{d}00\n"
            for d in range(1, 26)
        ),  # twins: the total is each row's price
    ],
    ids=["one price", "own amounts", "twins"],
)
def test_equal_prices_are_no_visit(shop, text):
    assert len(shop.amounts(text)) == text.count("\n") - 1
    assert not {"visits_once", "visits_added_up"} & shop.notes(text).keys()


def test_amounts_not_named_as_totals_are_told_only(shop):
    text = content("売上金額")
    assert sum(shop.amounts(text)) == 2 * sum(TOTALS)
    assert "visits_added_up" in shop.notes(text)


def test_a_total_on_the_first_row_only(shop):
    text = content(second=lambda i: "")
    assert shop.amounts(text) == TOTALS
    assert shop.reasons(text) == []
    assert shop.notes(text)["visit_lines"] == {"column": "会計金額", "n": LINES}
    names = shop.read(text).lines.product_name.to_pyarrow().to_pylist()
    assert (names.count("カット"), names.count("カラー")) == (LINES, LINES)


def test_rows_without_an_amount_and_a_visit_stay_unreadable(shop):
    text = content(days=10) + "2024/3/1,X,カット,\n2024/3/2,Y,カット,\n2024/3/3,Z,カット,\n"
    assert [reason for _, reason, _ in shop.reasons(text)] == ["unreadable"] * 3


def test_copies_of_a_file_are_no_rows_of_one_visit(shop):
    rows = [f"2024/3/{1 + i},M{i % 9},カット,{TOTALS[i]}\n" for i in range(LINES)]
    texts = [HEAD.format(name="金額") + "".join(rows[:n]) for n in (LINES, LINES - 3)]
    paths = [shop.path(text, f"{n}.csv") for n, text in enumerate(texts)]
    ledger = read_sales(paths, Settings.checked({}))
    assert ledger.source.rows_kept == LINES
    assert "visits_added_up" not in {note.key for note in ledger.notes}
