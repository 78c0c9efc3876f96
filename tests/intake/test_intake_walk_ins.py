"""Numbers of customers that stand for nobody by the name beside them."""

import pytest

HEAD = "受注番号,受注日,顧客コード,{column},合計金額\n"


def sold(names, column="氏名", others=40):
    """The orders of 005000, one to each of these names, and two of each of the others, who are
    called 佐藤花子 and a number in kanji."""
    rows = [("005000", name) for name in names]
    rows += [(f"{i + 1:06d}", f"佐藤{chr(0x4E00 + i)}") for i in range(others)] * 2
    return HEAD.format(column=column) + "".join(
        f"{i},2024-{1 + i % 12:02d}-{1 + i % 28:02d},{number},{name},1000\n"
        for i, (number, name) in enumerate(rows, 1)
    )


@pytest.mark.parametrize("name", ["諸口", "一般客", "店頭", "フリー客", "walk-in", "諸口 様"])
def test_a_number_whose_name_is_nobodys_is_no_customer(shop, name):
    ledger = shop.read(sold([name] * 10))
    assert ledger.source.set_aside == {"no_customer": 10}
    notes = {note.key: dict(note.values) for note in ledger.notes}
    assert notes["walk_ins"] == {"n": 10, "column": "氏名", "names": name}


def test_one_row_with_another_name_makes_no_difference_and_many_do(shop):
    assert shop.notes(sold(["諸口"] * 9 + ["佐藤"]))["walk_ins"]["n"] == 10
    assert "walk_ins" not in shop.notes(sold(["諸口"] * 8 + ["佐藤"] * 2))


@pytest.mark.parametrize("name", ["不明", "未登録", "-", "佐藤", "店頭太郎"])
def test_a_name_that_is_missing_or_a_persons_leaves_the_number(shop, name):
    assert shop.read(sold([name] * 10)).source.set_aside == {}


def test_a_shop_that_calls_many_numbers_so_has_not_asked_for_names(shop):
    rows = "".join(f"{i},2024-01-05,{1 + i // 2:06d},一般客,1000\n" for i in range(40))
    text = HEAD.format(column="氏名") + rows + "99,2024-01-06,000900,佐藤花子,1000\n"
    assert shop.read(text).source.set_aside == {}


def test_a_name_of_somebody_else_says_nothing_of_the_customer(shop):
    assert shop.read(sold(["店頭"] * 10, column="担当者")).source.set_aside == {}


@pytest.mark.parametrize("name", ["会員種別名", "顧客区分名", "顧客名（姓）", "Customer Last Name"])
def test_kinds_of_customers_and_family_names_say_nothing_of_nobody(shop, name):
    rows = "".join(
        f"{100 + n % 30},{'会員' if n % 30 else 'ビジター'},"
        f"2024-{n // 28 + 1:02}-{n % 28 + 1:02},{n + 1}00\n"
        for n in range(120)
    )
    text = f"顧客コード,{name},注文日,金額\n{rows}"
    assert len(shop.amounts(text)) == 120
