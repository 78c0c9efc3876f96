"""Rows told where none, or hardly any, can be used."""

from toolkit.words import Words

HEAD = "会員番号,注文日,金額,状態\n"


def told(shop, rows, key="no_row_kept", **options):
    return shop.faults(HEAD + rows, **options)[key]["examples"]


def test_a_row_of_every_reason_with_what_stands_there(shop):
    rows = "A,x,1200,\n,2024-01-06,500,\nA,2024-02-10,70,キャンセル\nB,2024-02-11,未定,\n"
    found = told(shop, rows)
    assert found.rows == (
        (2, "注文日", "x", "unreadable"),
        (3, "会員番号", "", "no_customer"),
        (4, "状態", "キャンセル", "cancelled"),
    )
    assert found.write(Words("en"), "") == (
        "row 2, “注文日”: x (unreadable); row 3, “会員番号”: (blank) (no customer); "
        "row 4, “状態”: キャンセル (cancelled)"
    )


def test_three_rows_of_one_reason(shop):
    rows = "A,2024-01-05,x,\nA,2024-01-05,y,\nA,未定,5,\nA,2024-01-05,z,\n"
    assert told(shop, rows).rows == (
        (2, "金額", "x", "unreadable"),
        (3, "金額", "y", "unreadable"),
        (4, "注文日", "未定", "unreadable"),
    )


def test_rows_behind_the_closing_date_are_told_with_theirs(shop):
    found = told(shop, "A,2024-01-05,5,\nB,2024-01-06,5,\n", closing_date="2023-12-31")
    assert found.rows[0] == (2, "注文日", "2024-01-05", "after_closing")


def test_the_option_of_the_message_works_when_pasted(shop):
    text = HEAD + "A,2024-01-05,5,\n"
    assert shop.read(text, closing_date="2024-01-05").source.rows_kept == 1


def test_a_mostly_unreadable_file_is_told_with_rows(shop):
    rows = "".join(f"A,2024-01-{1 + i % 28:02d},要確認{i},\n" for i in range(150))
    found = told(shop, rows + "A,2024-01-05,5,\n", key="mostly_unreadable", amount_column="金額")
    assert found.rows[0] == (2, "金額", "要確認0", "unreadable")
