"""The check as a person sees it."""

import datetime as dt
import re

from toolkit.intake import check_sales
from toolkit.intake.check import lines
from toolkit.intake.columns.column_table import width
from toolkit.settings import Settings

TEXT = (
    "注文番号,顧客番号,注文日,金額\n"
    "A,鈴木,2024-01-05,1200\nB,0012,2024-01-06,50\n"
    "C,,2024-01-07,5\nD,,2024-01-07,5\nE,,2024-01-07,5\nF,,2024-01-07,5\n"
)


def check(shop, text=TEXT):
    return check_sales(shop.path(text, "売上.csv"), Settings.checked({}))


def test_what_was_recognised_is_told_with_examples(shop):
    told = check(shop)
    assert [(c.role, c.name, c.example) for c in told.columns] == [
        ("order", "注文番号", "A"),
        ("customer", "顧客番号", "鈴木"),
        ("date", "注文日", "2024-01-05"),
        ("amount", "金額", "1200"),
    ]
    found = told.found
    assert (found.source.rows_read, found.source.rows_kept) == (6, 2)
    assert (found.orders, found.customers) == (2, 2)
    assert (found.first_date, found.last_date) == (dt.date(2024, 1, 5), dt.date(2024, 1, 6))
    rows = [("売上.csv", 4, "C |  | 2024-01-07 | 5"), ("売上.csv", 5, "D |  | 2024-01-07 | 5")]
    assert found.examples == {"no_customer": (*rows, ("売上.csv", 6, "E |  | 2024-01-07 | 5"))}


def test_a_wide_character_takes_two_columns():
    assert [width(text) for text in ("abc", "あa", "ｱ", "Ａ")] == [3, 3, 1, 2]


def test_values_stand_below_each_other_in_both_languages(shop):
    found = check(shop)
    for language, label in (("ja", "顧客数"), ("en", "Customers")):
        told = lines(found, language)
        top = told[: told.index("")]
        values = [
            "売上.csv",
            "csv, utf-8",
            "6",
            "2",
            "2",
            "2",
            None,
            None,
            "2024-01-05 ",
            "2024-01-06",
        ]
        starts = {
            width(line[: line.index(value) if value[-1] == " " else line.rindex(value)])
            for line, value in zip(top, values, strict=True)
            if value
        }
        assert len(starts) == 1
        assert any(line.startswith(label) for line in top)


def test_reasons_rows_and_notes_are_said_in_the_language(shop):
    ja, en = ("\n".join(lines(check(shop), language)) for language in ("ja", "en"))
    assert "顧客不明：4行\n    4 行目  C | | 2024-01-07 | 5\n" in ja
    assert "no customer: 4\n    row 4  C | | 2024-01-07 | 5\n" in en
    assert "金額には列「金額」を行ごとに使いました" in ja
    assert "Amounts are taken from “金額”" in en


def test_how_much_has_a_customer_is_told_in_rows_and_in_money(shop):
    en = "\n".join(lines(check(shop, TEXT.replace("01-07", "01-05")), "en"))
    assert re.search(r"With a customer +33\.3% of the rows, 98\.4% of the sales\n", en)
    assert re.search(r"Told apart by +“顧客番号” \(2 rows\)\n", en)
    bare = shop.path("顧客番号,注文日\n1,2024-01-05\n,2024-01-05\n")
    found = check_sales(bare, Settings.checked({"no_amount": True}))
    assert re.search(r"With a customer +50\.0% of the rows\n", "\n".join(lines(found, "en")))


def test_every_column_is_told_with_the_option_that_takes_another(shop):
    text = "注文番号,顧客番号,受注日,注文日時,金額,合計金額,備考\n"
    text += "A,1,2024-01-05,2024-01-05 10:00,5,8,急ぎ\n" * 3
    told = lines(check(shop, text), "en")
    table = told[told.index("Columns") + 1 :]
    rows = [re.split(r"  +", line.strip()) for line in table[: table.index("")]]
    assert rows == [
        ["column", "example", "taken for", "confidence", "runner-up", "change with"],
        ["注文番号", "A", "order number", "97%", "–", "--order"],
        ["顧客番号", "1", "customer", "99%", "–", "--customer"],
        ["受注日", "2024-01-05", "not used", "–", "date 12%", "--date"],
        ["注文日時", "2024-01-05 10:00", "date", "88%", "受注日 12%", "--date"],
        ["金額", "5", "not used", "–", "amount 12%", "--amount"],
        ["合計金額", "8", "amount", "88%", "金額 12%", "--amount"],
        ["備考", "急ぎ", "not used", "–", "–", "–"],
    ]


def test_a_file_that_cannot_be_read_still_has_its_columns_told(shop):
    found = check(shop, "顧客番号,品物,金額\n1,茶,5\n")
    assert [key for key, _ in found.problem.faults] == ["no_date_column"]
    assert found.found is None
    told = "\n".join(lines(found, "ja"))
    assert "顧客番号" in told and "--customer" in told and "確認事項" not in told
    late = check_sales(
        shop.path("顧客番号,注文日,金額\n1,2024-01-05,5\n"),
        Settings.checked({"closing_date": "2025-01-01"}),
    )
    assert [key for key, _ in late.problem.faults] == ["closing_too_late"]
    assert len(late.columns) == 3


def test_rows_of_several_files_are_told_with_their_file(shop):
    one = shop.path("顧客番号,注文日,金額\n1,2024-01-05,5\n,2024-01-06,5\n", "a.csv")
    two = shop.path("顧客番号,注文日,金額\n2,2024-02-05,5\n,2024-02-06,5\n", "b.csv")
    told = "\n".join(lines(check_sales([one, two], Settings.checked({})), "en"))
    assert "a.csv, row 3" in told and "b.csv, row 3" in told


def test_a_column_that_was_set_says_so(shop):
    path = shop.path("a,b,c\n1,2024-01-05,5\n")
    given = {"customer_column": "a", "date_column": "b", "amount_column": "c"}
    told = "\n".join(lines(check_sales(path, Settings.checked(given)), "en"))
    assert told.count("as set") == 3


def test_a_file_with_nothing_set_aside_says_so(shop):
    found = check(shop, "顧客番号,注文日,金額\n1,2024-01-05,5\n")
    assert "  none" in lines(found, "en")
    assert found.found.examples == {}


def test_every_one_of_several_files_is_listed(shop, tmp_path):
    shop.path(TEXT, "a.csv")
    shop.path(TEXT + "\n", "b.csv")
    found = check_sales(tmp_path, Settings.checked({}))
    assert found.files == ("a.csv", "b.csv")
    told = lines(found, "en")
    at = told.index("2 files")
    assert [line.split()[0] for line in told[at + 1 : at + 3]] == ["a.csv", "b.csv"]
