"""Money going back on rows with a mark of cancelling of their own."""

import pytest

HEAD = "注文番号,注文日,会員番号,合計金額,"
MARKS = {  # column -> what cancels, what does not
    "取消理由": ("お客様都合", ""),
    "取消フラグ": ("1", "0"),
    "取消日": ("2024/01/14", ""),
    "ステータス": ("キャンセル", "完了"),
}


def sales(name, rows):
    """Orders given as (number, amount, whether the row has the mark)."""
    lines = [
        f"{order},2024/01/12,C{order},{amount},{MARKS[name][not marked]}"
        for order, amount, marked in [("1", 1000, False), ("2", 2000, False), *rows]
    ]
    return f"{HEAD}{name}\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", MARKS)
@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([("3", 3000, False), ("3", -3000, True)], 0),
        ([("3", 3000, False), ("3", -1000, True)], 2000),
        ([("3", 1000, False), ("3", 500, False), ("3", -1000, True), ("3", -500, True)], 0),
        ([("3", 3000, True), ("3", -3000, True)], 0),
        ([("3", 3000, True), ("3", -1000, True)], 0),
        ([("3", 3000, True), ("3", 500, False), ("3", -3000, True)], 500),
        ([("3", 3000, True)], 0),
        ([("4", 3000, False), ("5", -3000, True)], 0),
    ],
    ids=["whole", "part", "lines", "both", "both_part", "one_line", "sale", "apart"],
)
def test_a_mark_on_what_goes_back_never_leaves_the_sale_alone(shop, name, rows, left):
    # padded so that rows with the mark are less than half, as reasons need
    more = [(str(n), 10, False) for n in range(6, 12)]
    assert sum(shop.amounts(sales(name, [*rows, *more]))) == 3000 + 60 + left
