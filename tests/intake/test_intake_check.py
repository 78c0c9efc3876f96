"""The check as a person sees it."""

import datetime as dt

from toolkit.intake import check_sales
from toolkit.intake.check import lines, width
from toolkit.settings import Settings

TEXT = (
    "注文番号,顧客番号,注文日,金額\n"
    "A,鈴木,2024-01-05,1200\nB,0012,2024-01-06,50\n"
    "C,,2024-01-07,5\nD,,2024-01-07,5\nE,,2024-01-07,5\nF,,2024-01-07,5\n"
)


def check(shop, text=TEXT):
    return check_sales(shop.path(text, "売上.csv"), Settings.checked({}))


def test_what_was_recognised_is_told_with_examples(shop):
    found = check(shop)
    assert [(c.role, c.name, c.example) for c in found.columns] == [
        ("customer", "顧客番号", "鈴木"),
        ("date", "注文日", "2024-01-05"),
        ("amount", "金額", "1200"),
        ("order", "注文番号", "A"),
    ]
    assert (found.source.rows_read, found.source.rows_kept) == (6, 2)
    assert (found.orders, found.customers) == (2, 2)
    assert (found.first_date, found.last_date) == (dt.date(2024, 1, 5), dt.date(2024, 1, 6))
    assert found.examples == {"no_customer": (4, 5, 6)}


def test_a_wide_character_takes_two_columns():
    assert [width(text) for text in ("abc", "あa", "ｱ", "Ａ")] == [3, 3, 1, 2]


def test_values_stand_below_each_other_in_both_languages(shop):
    found = check(shop)
    for language, label in (("ja", "顧客数"), ("en", "Customers")):
        told = lines(found, language)
        top = told[: told.index("")]
        values = ("売上.csv", "csv, utf-8", "6", "2", "2", "2", "2024-01-05", "2024-01-06")
        starts = {
            width(line[: line.rindex(value) if value != "2024-01-05" else line.index(value)])
            for line, value in zip(top, values, strict=True)
        }
        assert len(starts) == 1
        assert any(line.startswith(label) for line in top)


def test_reasons_rows_and_notes_are_said_in_the_language(shop):
    ja, en = ("\n".join(lines(check(shop), language)) for language in ("ja", "en"))
    assert "顧客不明  4  4, 5, 6 行目" in ja
    assert "no customer  4  rows 4, 5, 6" in en
    assert "金額には列「金額」を行ごとに使いました" in ja
    assert "Amounts are taken from “金額”" in en


def test_a_file_with_nothing_set_aside_says_so(shop):
    found = check(shop, "顧客番号,注文日,金額\n1,2024-01-05,5\n")
    assert "  none" in lines(found, "en")
    assert found.examples == {}
