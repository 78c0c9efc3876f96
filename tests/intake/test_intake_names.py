"""Names of columns: what tells two with one name apart."""

import pytest

from toolkit.intake.names import labels, place_of

TWICE = "注文番号,顧客番号,注文日,金額,金額\n" + "".join(
    f"{n},c{n % 3},2024-0{n % 9 + 1}-01,{n * 100},{n * 100 + 7}\n" for n in range(1, 21)
)


def test_the_second_column_of_a_name_has_a_number_behind_it():
    assert labels(["金額", "日付", "金 額", "金額", "", ""]) == (
        "金額",
        "日付",
        "金 額#2",
        "金額#3",
        "",
        "",
    )


def test_a_label_is_no_column_s_own_name():
    header = ["金額", "金額#2", "金額"]
    assert labels(header) == ("金額", "金額#2", "金額##2")
    assert [place_of(name, header) for name in labels(header)] == [0, 1, 2]


@pytest.mark.parametrize(
    "named, at", [("金額", 1), ("金額#2", 2), ("金額＃２", 2), ("金額#3", None)]
)
def test_a_column_is_found_by_name_or_label(named, at):
    assert place_of(named, ["日付", "金額", "金額"]) == at


def test_the_second_column_is_read_when_named_and_told_by_its_label(shop):
    assert shop.amounts(TWICE)[:2] == [100, 200]
    told = [values for note in shop.read(TWICE).notes for values in note.values.values()]
    assert "金額#2" in told
    assert shop.amounts(TWICE, amount_column="金額#2")[:2] == [107, 207]


def test_a_name_that_is_none_is_told_with_all_labels(shop):
    told = shop.faults(TWICE, amount_column="売価")["unknown_column"]
    assert told["columns"].endswith("金額, 金額#2")
