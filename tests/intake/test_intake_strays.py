"""Rows of a file that are none of its table, or do not fit it."""

import pytest

HEADER = "会員番号,注文日,金額,備考\n"
ROW = "1,2024-01-05,500,x\n"
STRAY = "heading_or_total"


def test_a_header_that_comes_again_is_no_row(drawer):
    text = HEADER + ROW + HEADER + ROW + "\n" + "会員番号, 注文日 ,金額,備考\n" + ROW
    table = drawer.table(text)
    assert [*table.rows] == [2, 4, 7]
    assert table.broken == [(row, HEADER.strip(), STRAY) for row in (3, 6)]


def test_a_header_that_comes_again_under_other_names_is_no_row(drawer):
    renamed = "顧客コード,受注日,合計金額,備考\n"
    table = drawer.table(HEADER + ROW + renamed + ROW)
    assert [*table.rows] == [2, 4] and [row for row, *_ in table.broken] == [3]


def test_files_pasted_together_with_their_titles_keep_their_rows(shop):
    month = "売上一覧\n" + HEADER + ROW * 2
    ledger = shop.read(month * 3)
    assert ledger.source.rows_read == 6 + 2 + 2
    assert ledger.source.set_aside == {"unreadable": 2, STRAY: 2}


def test_a_row_that_only_resembles_the_header_is_a_row(drawer):
    table = drawer.table(HEADER + "会員番号,注文日,金額,ほか\n" + ROW)
    assert [*table.rows] == [2, 3] and table.broken == []


@pytest.mark.parametrize(
    "total",
    [
        "合計,,500,",
        ",,500,総計",
        "計",
        "合計 500",
        "総合計：,,500,",
        "Total,,500,",
        "Grand total,,500",
    ]
    + [
        "合計（税込）,,500,",
        "合計金額,500",
        "TOTAL:,,,",
        "【合計】,,500,",
        "小計,,500,\n合計,,500,",
    ],
)
@pytest.mark.parametrize("after", ["", "\n", "\n,,,\n\n"], ids=["end", "line", "blank"])
def test_a_total_at_the_foot_is_no_row(shop, total, after):
    ledger = shop.read(HEADER + ROW + "\n" + total + after)
    totals = total.split("\n")
    assert ledger.source.set_aside == {STRAY: len(totals)}
    told = zip(ledger.set_aside["source_row"], ledger.set_aside["value"], strict=True)
    assert [*told] == [*enumerate(totals, 4)]


def test_a_total_between_a_row_and_a_note_is_found(shop):
    ledger = shop.read(HEADER + ROW + "合計,,500,\n※税込\n")
    assert ledger.source.set_aside == {STRAY: 1, "unreadable": 1}


def test_a_dated_row_of_a_customer_called_total_is_no_sale(shop):
    text = HEADER + ROW + "Total,2024-01-05,500,\n合計,2024-01-06,600,x\n"
    source = shop.read(text).source
    assert (source.rows_kept, source.set_aside) == (1, {STRAY: 2})


def test_a_total_in_the_middle_is_one(shop):
    ledger = shop.read(HEADER + "小計,,500,\n" + ROW * 9)
    assert ledger.source.set_aside == {"heading_or_total": 1}


def test_a_file_of_totals_alone_says_what_was_left_out(shop):
    reasons = shop.faults(HEADER + "合計,,500,\n")["no_row_kept"]["reasons"]
    assert reasons.counts == ((STRAY, 1),)


def test_a_row_with_a_comma_too_many_is_set_aside_with_its_number(drawer):
    table = drawer.table(HEADER + ROW + "2,2024-01-06,600,タオル, 青\n" + ROW)
    assert [*table.rows] == [2, 4]
    assert table.broken == [(3, "2,2024-01-06,600,タオル, 青", "unreadable")]


def test_empty_fields_too_many_are_cut(drawer):
    table = drawer.table(HEADER + ROW + "2,2024-01-06,600,y,,\n" + ROW)
    assert table.rows[3] == ("2", "2024-01-06", "600", "y")
    assert [*table.rows] == [2, 3, 4] and table.broken == []


def test_empty_cells_that_excel_leaves_out_are_blank(drawer):
    short = "3,2024-01-07,700\n"
    text = HEADER + ROW + short * 16 + ROW + short * 3 + ROW + "4,2024-01-08\n"
    table = drawer.table(text)
    assert [*table.rows] == [*range(2, 24)]
    assert table.rows[3] == table.rows[20] == ("3", "2024-01-07", "700", "")
    assert table.broken == [(24, "4,2024-01-08", "unreadable")]


def test_a_few_short_rows_are_torn_and_set_aside(drawer):
    table = drawer.table(HEADER + ROW + "3,2024-01-07,700\n" * 7)
    assert [*table.rows] == [2]
    assert [row for row, _, _ in table.broken] == [*range(3, 10)]


def test_numbers_of_rows_hold_over_blocks(drawer):
    """Misfits, blank rows, headings and rows with line breaks on both sides of block borders."""
    some = '{0},2024-01-05,5,"two\nlines"\n\n{0},2024-01-05,5\n{0},2024-01-05,5,x,y\n{0},,,,,\n'
    parts = [some.format(f"{i:07d}") + (HEADER if i % 1000 == 0 else "") for i in range(90_000)]
    table = drawer.table(HEADER + "".join(parts))  # over one block of 4 MiB
    row = 2
    for i in range(90_000):
        assert table.rows[row] == (f"{i:07d}", "2024-01-05", "5", "two\nlines")
        assert table.rows[row + 4] == (f"{i:07d}", "", "", "")
        row += 6 if i % 1000 == 0 else 5
    assert [*table.rows] == sorted(table.rows) and len(table.rows) == 180_000
    assert len(table.broken) == 180_000 + 90


def test_rows_read_are_rows_kept_and_set_aside(shop):
    text = "題\n" + HEADER + ROW + HEADER + "2,2024-01-06,600,a,b\n\n,,,\n3,soon,7,\n合計,,9,\n"
    ledger = shop.read(text)
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (5, 1)
    assert ledger.source.set_aside == {"unreadable": 2, STRAY: 2}
    assert ledger.set_aside["source_row"].tolist() == [4, 5, 8, 9]
