"""Text files: encodings, delimiters, quotes, blank lines, and the numbers rows keep."""

import gzip

import pytest

# Gzip stamps the time into what it writes; names of tests must not change from worker to worker.
PLAIN = "会員番号,注文日,金額\n山田-1,2024-01-05,500\n佐藤-2,2024-02-05,700\n"


def first_row(ledger):
    row = ledger.orders.order_by("source_row").limit(1).to_pyarrow().to_pylist()[0]
    return row["customer_id"], str(row["date"]), row["amount"], row["source_row"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8"),
        (PLAIN.encode("cp932"), "cp932"),
        (PLAIN.replace("\n", "\r\n").encode("cp932"), "cp932"),
        (gzip.compress(PLAIN.encode(), mtime=0), "utf-8"),
        (gzip.compress(PLAIN.encode("cp932"), mtime=0), "cp932"),
    ],
)
def test_a_file_reads_the_same_in_every_encoding(shop, content, encoding):
    ledger = shop.read(content)
    assert first_row(ledger) == ("山田-1", "2024-01-05", 500, 2)
    assert ledger.source.encoding == encoding
    assert ledger.source.columns["customer"] == ("会員番号",)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@pytest.mark.parametrize("shift", range(4))
def test_a_character_cut_by_a_block_border_stays_whole(shop, encoding, shift):
    rows = "".join(f"顧客{i:06d},2024-01-05,{i}\n" for i in range(60_000))  # over one MiB
    ledger = shop.read(
        "あ" * shift + "会員番号,注文日,金額\n" + rows,
        encoding=encoding,
        customer_column="あ" * shift + "会員番号",
    )
    ids = ledger.orders.customer_id.to_pyarrow().to_pylist()
    assert sorted(ids) == [f"顧客{i:06d}" for i in range(60_000)]


@pytest.mark.parametrize(
    ("delimiter", "kind", "told"),
    [(",", "csv", ","), (";", "csv", ";"), ("\t", "tsv", "\t"), ("  ", "blank", " ")],
)
def test_the_delimiter_is_found_out(shop, delimiter, kind, told):
    ledger = shop.read(PLAIN.replace(",", delimiter))
    assert first_row(ledger) == ("山田-1", "2024-01-05", 500, 2)
    assert (ledger.source.kind, ledger.source.delimiter) == (kind, told)


def test_blank_separated_lines_may_be_indented_and_end_in_blanks(shop):
    text = "  customer_id   date  dollar_value \n 00001 19970101   11 \n\n 2\t19970102\t12\r\n"
    assert [(o["customer_id"], o["amount"], o["source_row"]) for o in shop.orders(text)] == [
        ("00001", 11, 2),
        ("2", 12, 4),
    ]


def test_a_line_break_inside_quotes_belongs_to_its_row(shop):
    text = 'customer_id,note,date,amount\n1,"two\nlines, one row",2024-01-05,5\n2,,2024-01-06,6\n'
    assert [(o["amount"], o["source_row"]) for o in shop.orders(text)] == [(5, 2), (6, 3)]


def test_rows_with_too_few_or_many_fields_are_set_aside_under_their_own_numbers(shop):
    text = (
        "customer_id,date,amount\n1,2024-01-05,5\n2,2024-01-06\n\n"
        "3,2024-01-07,7,x\n4,2024-01-08,8\n"
    )
    assert shop.reasons(text) == [
        (3, "unreadable", "2,2024-01-06"),
        (5, "unreadable", "3,2024-01-07,7,x"),
    ]
    ledger = shop.read(text)
    assert [o["source_row"] for o in shop.orders(text)] == [2, 6]
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (4, 2)


def test_blank_lines_and_rows_of_empty_fields_are_not_rows(shop):
    text = "\n \ncustomer_id,date,amount\n1,2024-01-05,5\n,,\n\n , ,\n2,2024-01-06,6\n\n"
    ledger = shop.read(text)
    assert ledger.source.rows_read == 2
    assert [o["source_row"] for o in shop.orders(text)] == [4, 8]


def test_a_header_may_name_two_columns_alike(shop):
    text = "会員ID,送料,注文日,金額,送料\n1,100,2024-01-05,5,200\n"
    assert shop.amounts(text) == [5]


def test_what_keeps_leading_zeros_in_excel_is_no_part_of_a_value(shop):
    text = 'customer_id,date,amount\n="007",2024-01-05,5\n'
    text += '"=""008""",="2024-01-06",6\n009,2024-01-07,7\n'
    assert [order["customer_id"] for order in shop.orders(text)] == ["007", "008", "009"]


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 4,
        b"customer_id,date\n1\x00,2\n",
        b"a,b\n\xff\xff\xfe,1\n",
        b"\x01\x02" * 9,
    ],
)
def test_bytes_that_are_no_text_are_refused(shop, content):
    assert "not_text" in shop.faults(content)


def test_a_file_torn_in_the_middle_of_a_character_is_refused(shop):
    assert "cut_off" in shop.faults((PLAIN + "山").encode()[:-1])


def test_a_torn_gzip_file_is_refused(shop):
    assert "broken_gzip" in shop.faults(gzip.compress(PLAIN.encode() * 50)[:-20])


def test_a_quote_that_swallows_the_rows_below_is_refused_with_its_row(shop):
    text = "customer_id,date,amount\n1,2024-01-05,5\n" + '"2,2024-01-05,5\n'
    assert shop.faults(text + "3,2024-01-05,5\n" * 100)["open_quote"]["row"] == 3
    last = 'customer_id,date,amount\n1,2024-01-05,"5\n' + "3,2024-01-05,5\n" * 100
    assert shop.faults(last)["open_quote"]["row"] == 2
    long = last + "3,2024-01-05,5\n" * 400_000  # longer than one block
    assert "open_quote" in shop.faults(long)


@pytest.mark.parametrize("content", ["", "\n\n  \n", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_refused(shop, content):
    assert "empty_file" in shop.faults(content)


@pytest.mark.parametrize("ending", ["", "\n", "\n\n,,\n"])
def test_a_header_alone_is_refused(shop, ending):
    assert "no_rows" in shop.faults("customer_id,date,amount" + ending)
