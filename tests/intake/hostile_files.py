"""A corpus of small hostile files: every form in which sales come, and what each must be read as.

    python tests/intake/hostile_files.py     prints the forms

A case is what lies in a folder (name -> bytes), how it is asked for, and the ledger it must
become: orders as (customer, day, amount in minor units) and rows set aside as (row, reason).
"""

import gzip
import io
import zipfile
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

HEAD = "会員番号,注文日,金額\n"
ROWS = "A-1,2024-01-05,1200\nB-2,2024-01-06,500\nA-1,2024-02-10,700\n"
ORDERS = [("A-1", "2024-01-05", 1200), ("B-2", "2024-01-06", 500), ("A-1", "2024-02-10", 700)]
PLAIN = HEAD + ROWS


@dataclass(frozen=True)
class Case:
    """form: what is hostile about it. ask: the name to read, of a file, folder or wildcard."""

    form: str
    files: dict[str, bytes]
    orders: list = field(default_factory=lambda: ORDERS)
    set_aside: list = field(default_factory=list)
    ask: str = "sales.csv"
    settings: dict = field(default_factory=dict)


def text(form, content, encoding="utf-8", orders=ORDERS, set_aside=(), name="sales.csv", **given):
    """A case of one text file."""
    files = {name: content if isinstance(content, bytes) else content.encode(encoding)}
    return Case(form, files, list(orders), list(set_aside), name, given)


def workbook(*sheets):
    """A workbook of sheets given as (name, rows)."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy/mm/dd"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if isinstance(value, tuple):  # a day as Excel keeps it
                    sheet.write_number(i, j, value[0], day)
                elif isinstance(value, str):
                    sheet.write_string(i, j, value)
                else:
                    sheet.write_number(i, j, value)
    book.close()
    return held.getvalue()


def archive(**members):
    """A zip archive of members given by name (dots written as two underscores)."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name.replace("__", ".")), content)
    return held.getvalue()


def parquet(**columns):
    """A Parquet file of these columns."""
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held)
    return held.getvalue()


def encodings():
    """One text in every encoding."""
    japanese = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp")
    for encoding in japanese:
        yield text(f"encoding {encoding}", PLAIN, encoding)
    yield text("double byte-order mark", b"\xef\xbb\xbf" + PLAIN.encode("utf-8-sig"))
    latin = "Customer ID;Date;Amount;Name\nA-1;2024-01-05;1200;Café Zoë\nB-2;2024-01-06;500;Señor Müller\nA-1;2024-02-10;700;Übergröße à l’hôtel\n"
    for encoding in ("cp1252", "mac_roman"):
        yield text(f"encoding {encoding}", latin, encoding)


def shapes():
    """Line ends, delimiters, quotes, and what stands above, between and below the rows."""
    for name, end in (("CRLF", "\r\n"), ("CR", "\r"), ("CRLF and LF mixed", None)):
        content = PLAIN.replace("\n", end) if end else PLAIN.replace("\n", "\r\n", 2)
        yield text(f"line ends {name}", content)
    for name, mark in (("tab", "\t"), ("semicolon", ";"), ("bar", "|"), ("blanks", "   ")):
        yield text(f"delimiter {name}", PLAIN.replace(",", mark))
    quoted = "\n".join(",".join(f'"{c}"' for c in line.split(",")) for line in PLAIN.split())
    yield text("every cell quoted", quoted)
    yield text(
        "quoted newline", f"備考,{HEAD}" + "".join(f'"一行目\n二行目",{r}\n' for r in ROWS.split())
    )
    yield text("preamble lines above the header", "売上一覧\n2024年 1月〜2月\n\n" + PLAIN)
    yield text("a note above the header", "※税込金額です,,\n" + PLAIN)
    yield text("Excel's sep= line", "sep=,\n" + PLAIN)
    yield text("no header at all", "".join(f"{r}\n" for r in ROWS.split() * 4), orders=ORDERS * 4)
    again = PLAIN + HEAD + "C-3,2024-03-01,90\n"
    more = [*ORDERS, ("C-3", "2024-03-01", 90)]
    yield text(
        "a header that occurs twice", again, orders=more, set_aside=[(5, "heading_or_total")]
    )
    renamed = PLAIN + "顧客コード,受注日,合計金額\nC-3,2024-03-01,90\n"
    yield text(
        "a second header with other names",
        renamed,
        orders=more,
        set_aside=[(5, "heading_or_total")],
    )
    yield text("trailing total row", PLAIN + "合計,,2400\n", set_aside=[(5, "heading_or_total")])
    turned = "注文日,金額,会員番号\n2024-03-01,90,C-3\n"
    yield text(
        "a second header in another order",
        PLAIN + turned,
        orders=more,
        set_aside=[(5, "heading_or_total")],
    )
    monthly = PLAIN.replace("A-1,2024-02", "1月計,2024-01-31,1700\nA-1,2024-02")
    yield text("a dated total in the middle", monthly, set_aside=[(4, "heading_or_total")])
    parted = "".join(f"D-{n},2024-04-0{n},{n},0{n}0\n" for n in range(1, 7))
    large = [(f"D-{n}", f"2024-04-0{n}", n * 1010) for n in range(1, 7)]
    yield text("unquoted thousands", PLAIN.replace("1200", "1,200") + parted,
               orders=[*ORDERS, *large])  # fmt: skip
    once = HEAD.replace("金額", "商品名,金額") + (
        "A-1,2024-01-05,茶,700\n,,皿,400\n,,箱,100\nB-2,2024-01-06,茶,500\nA-1,2024-02-10,茶,300\n,,皿,400\n"
    )
    yield text("day and customer once for each purchase", once)
    yield text("blank rows", PLAIN.replace("\n", "\n\n,,\n", 2))
    broken = (
        "お名前,"
        + HEAD
        + "山田,A-1,2024-01-05,1200\n佐藤, 花子,B-2,2024-01-06,500\n山田,A-1,2024-02-10,700\n"
    )
    kept = [ORDERS[0], ORDERS[2]]
    yield text("a name with an unquoted comma", broken, orders=kept, set_aside=[(3, "unreadable")])
    yield text("trailing comma in every row", "".join(f"{line},\n" for line in PLAIN.split()))
    yield text(
        "full-width header", PLAIN.replace("会員番号", "会員ＩＤ ").replace("金額", "　金額")
    )


def containers():
    """Packed files, several files, workbooks, Parquet."""
    yield text("gzip", gzip.compress(PLAIN.encode("cp932"), mtime=0), name="sales.csv.gz")
    yield Case("zip", {"sales.zip": archive(a__csv=PLAIN)}, ask="sales.zip")
    parts = ROWS.splitlines(keepends=True)
    months = {
        "01.csv": (HEAD + parts[0] + parts[1]).encode("cp932"),
        "02.csv": (HEAD + parts[2]).encode(),
    }
    yield Case("a folder of months", months, ask=".")
    yield Case("a wildcard", months, ask="*.csv")
    both = archive(a__csv=HEAD + parts[0] + parts[1], b__csv=HEAD + parts[2])
    yield Case("zip of several files", {"sales.zip": both}, ask="sales.zip")
    numbered = [f"注文番号,{HEAD}", *(f"{n},{row}" for n, row in enumerate(parts, 1))]
    over = {
        "1.csv": "".join(numbered[:3]).encode(),
        "2.csv": "".join([numbered[0], *numbered[2:]]).encode(),
    }
    yield Case("months that overlap", over, set_aside=[(3, "duplicate")], ask=".")
    rows = [
        ["会員番号", "注文日", "金額"],
        ["A-1", "2024-01-05", 1200],
        ["B-2", (45297,), 500],
        ["A-1", "45332", 700],
    ]
    yield Case(
        "workbook, serial dates mixed with text",
        {"sales.xlsx": workbook(("売上", rows))},
        ask="sales.xlsx",
    )
    several = workbook(
        ("表紙", [["売上報告書"], ["2024年"]]),
        ("明細", rows),
        ("集計", [["月", "計"], ["1月", 1700]]),
    )
    yield Case("workbook of several sheets", {"sales.xlsx": several}, ask="sales.xlsx")
    monthly = workbook(("1月", rows[:3]), ("2月", [rows[0], rows[3]]))
    yield Case("workbook with a sheet for each month", {"sales.xlsx": monthly}, ask="sales.xlsx")
    table = parquet(
        customer_id=["A-1", "B-2", "A-1"],
        date=pa.array([19727, 19728, 19763], pa.date32()),
        amount=[1200, 500, 700],
    )
    yield Case("Parquet", {"sales.parquet": table}, ask="sales.parquet")


DATES = {
    "2026/07/08 10:00:00": "2026-07-08", "2026-07-08": "2026-07-08", "20260822": "2026-08-22",
    "20260822103309": "2026-08-22", "2024/10/31": "2024-10-31", "2022/8/10": "2022-08-10",
    "2026年5月3日": "2026-05-03", "2026年5月3日 12:34": "2026-05-03", "2026年5月3日(日)": "2026-05-03",
    "2026年5月3日 午後3時5分": "2026-05-03", "令和6年5月1日": "2024-05-01", "令和元年5月1日": "2019-05-01",
    "R6.5.1": "2024-05-01", "平成31年4月30日": "2019-04-30", "Ｈ３１．４．３０": "2019-04-30",
    "２０２４／１／５": "2024-01-05", "2026-08-20 08:00:00 -0400": "2026-08-20",
    "2026-08-20T08:00:00+09:00": "2026-08-20", "2026-08-20T08:00:00Z": "2026-08-20",
    "11-Feb-13": "2013-02-11", "Feb 11, 2013": "2013-02-11", "11 February 2013": "2013-02-11",
    "45296": "2024-01-05", "45296.5": "2024-01-05", "25.12.2012": "2012-12-25",
    "25/12/2012 18:30": "2012-12-25", "12/25/2012": "2012-12-25", "8/31/2022 3:04 PM": "2022-08-31",
}  # fmt: skip


def dates():
    """A column of every form of date."""
    for written, day in DATES.items():
        rows = "".join(f'{who},"{written}",500\n' for who in "abc")
        yield text(f"date {written}", HEAD + rows, orders=[(who, day, 500) for who in "abc"])
    mixed = "".join(f'{n},"{written}",5\n' for n, written in enumerate(list(DATES)[:16], 1))
    told = [(str(n), day, 5) for n, day in enumerate(list(DATES.values())[:16], 1)]
    yield text("date forms mixed in one column", HEAD + mixed, orders=told)
    day_first = "a,03/04/2013,5\nb,25/12/2012,5\nc,04/03/2013,5\n"
    read = [("a", "2013-04-03", 5), ("b", "2012-12-25", 5), ("c", "2013-03-04", 5)]
    yield text("day first, told by one row of the column", HEAD + day_first, orders=read)
    month_first = "a,03/04/2013,5\nb,12/25/2012,5\n"
    read = [("a", "2013-03-04", 5), ("b", "2012-12-25", 5)]
    yield text("month first, told by one row of the column", HEAD + month_first, orders=read)
    two = "会員番号,注文日,注文時間,金額\nA-1,2024/1/5,103309,1200\nB-2,2024/1/6,1:05,500\nA-1,2024/2/10,23:59:59,700\n"
    yield text("date and time in two columns", two)
    night = PLAIN.replace("2024-01-06", "2024-01-07 02:30").replace(
        "2024-01-05", "2024-01-05 23:00"
    )
    yield text("the business day of a night restaurant", night, day_starts_at="05:00")


AMOUNTS = {
    "¥1,234": 1234, "￥1,234": 1234, "1,234円": 1234, "１，２３４": 1234, "１２３４円": 1234, "(500)": -500,
    "（５００）": -500, "△500": -500, "▲500": -500, "-500": -500, "−500": -500, "500-": -500, "1234.00": 1234,
    "JPY1,200": 1200, "1e3": 1000, "\\1,200": 1200, "3千円": 3000, "1.2万円": 12000, "+1 234": 1234,
}  # fmt: skip
FOREIGN = {
    "$1,240.50": ("USD", 124050), "-$3.00": ("USD", -300), "USD 12.50": ("USD", 1250),
    "€12,50": ("EUR", 1250), "1.234,56 €": ("EUR", 123456), "1'234.50": ("CHF", 123450),
    "£1,234.56": ("GBP", 123456), "12,50 EUR": ("EUR", 1250),
}  # fmt: skip


def amounts():
    """A column of every form of amount."""
    for written, units in AMOUNTS.items():
        rows = f'x,2024-01-01,1\na,2024-01-05,"{written}"\n'
        read = [("x", "2024-01-01", 1), ("a", "2024-01-05", units)]
        yield text(f"amount {written}", HEAD + rows, orders=read)
    for written, (currency, units) in FOREIGN.items():
        yield text(f"amount {written}", "customer_id,date,amount\n" + f'a,2024-01-05,"{written}"\n' * 2,
                   orders=[("a", "2024-01-05", units)] * 2, currency=currency)  # fmt: skip
    priced = "会員番号,注文日,単価,数量\nA-1,2024-01-05,400,3\nB-2,2024-01-06,500,1\nA-1,2024-02-10,350,2\n"
    yield text("price x quantity", priced)
    repeated = "注文番号,会員番号,注文日,合計金額,商品名\n1,A-1,2024-01-05,1200,茶\n1,A-1,2024-01-05,1200,皿\n2,B-2,2024-01-06,500,茶\n3,A-1,2024-02-10,700,茶\n"
    yield text("order totals on every line", repeated)
    first = "注文番号,会員番号,注文日,合計金額,商品名\n1,A-1,2024-01-05,1200,茶\n1,,,,皿\n2,B-2,2024-01-06,500,茶\n3,A-1,2024-02-10,700,茶\n"
    yield text("order totals on the first line only", first)
    postage = "注文番号,会員番号,注文日,合計金額,送料,ポイント利用額\n1,A-1,2024-01-05,1600,500,100\n2,B-2,2024-01-06,500,0,0\n3,A-1,2024-02-10,700,,\n"
    yield text("postage in and points off the total", postage)


def people():
    """Customers told apart by what there is, and statuses."""
    head = "メールアドレス,注文日,金額\n"
    mails = " Ann@X.jp ,2024-01-05,5\nann@x.JP,2024-01-06,6\n,2024-01-07,7\n"
    read = [("ann@x.jp", "2024-01-05", 5), ("ann@x.jp", "2024-01-06", 6)]
    yield text("mail addresses", head + mails, orders=read, set_aside=[(4, "no_customer")])
    phones = "電話番号,注文日,金額\n090-1234-5670,2024-01-05,5\n０９０(1234)5670,2024-01-06,6\n000-0000-0000,2024-01-07,7\n"
    read = [("09012345670", "2024-01-05", 5), ("09012345670", "2024-01-06", 6)]
    yield text("telephone numbers", phones, orders=read, set_aside=[(4, "no_customer")])
    parted = phones.replace("電話番号", "連絡先") + "+81 90-1234-5670,2024-01-08,8\n"
    more = [*read, ("09012345670", "2024-01-08", 8)]
    left = [(4, "no_customer")]
    yield text(
        "telephone numbers, named as the key",
        parted,
        orders=more,
        set_aside=left,
        customer_column="連絡先",
    )
    wide = PLAIN.replace("A-1", "Ａ−１", 1).replace("B-2", "Ｂ-2")
    yield text("customer numbers in full width", wide)
    polite = "顧客名,注文日,金額\n山田 太郎様,2024-01-05,5\n山田太郎　さん,2024-01-06,6\n"
    read = [("山田 太郎様", "2024-01-05", 5), ("山田 太郎様", "2024-01-06", 6)]
    yield text("names with 様 and さん", polite, orders=read)
    persons = polite.replace("顧客名", "customer_id")
    yield text("names in a column of customer numbers", persons, orders=read)
    rounded = PLAIN + "".join(f"C-{n},2024-03-01,5\n" for n in range(200))
    rounded += "1.23E+11,2024-03-02,5\n"
    kept = [*ORDERS, *((f"C-{n}", "2024-03-01", 5) for n in range(200))]
    yield text("a number rounded by Excel", rounded, orders=kept, set_aside=[(205, "no_customer")])
    named = "お名前,郵便番号,注文日,金額\n山田 太郎,123-4567,2024-01-05,5\n山田太郎,1234567,2024-01-06,6\n"
    read = [("山田 太郎 1234567", "2024-01-05", 5), ("山田 太郎 1234567", "2024-01-06", 6)]
    yield text("names with postcodes", named, orders=read)
    dummies = PLAIN + "0,2024-03-01,5\nguest,2024-03-02,5\n店頭,2024-03-03,5\n,2024-03-04,5\n"
    left = [(n, "no_customer") for n in (5, 6, 7, 8)]
    yield text("dummy customers", dummies, set_aside=left)
    guests = "会員番号,メールアドレス,注文日,金額\nA-1,a@x.jp,2024-01-05,1200\nB-2,b@x.jp,2024-01-06,500\n,a@x.jp,2024-02-10,700\n"
    yield text("a guest whose mail address is a member's", guests)
    states = "会員番号,注文日,金額,ステータス\n" + "".join(
        f"{row},{state}\n" for row, state in zip(ROWS.split(), ("発送済", "paid", ""), strict=True)
    )
    states += "C-3,2024-03-01,5,キャンセル\nC-3,2024-03-02,5,pending\nC-3,2024-03-03,5,返品\n"
    left = [(5, "cancelled"), (6, "pending"), (7, "cancelled")]
    yield text("statuses", states, set_aside=left)
    why = "会員番号,注文日,金額,キャンセル理由\n" + ROWS.replace("\n", ",なし\n")
    why += "C-3,2024-03-01,5,在庫切れ\n"
    yield text("reasons of cancelling", why, set_aside=[(5, "cancelled")])
    red = (
        "会員番号,注文日,金額,赤伝フラグ\n" + ROWS.replace("\n", ",0\n") + "A-1,2024-03-01,700,1\n"
    )
    yield text("marks of red slips", red, orders=[*ORDERS, ("A-1", "2024-03-01", -700)])
    wished = f"備考,{HEAD}" + "".join(f",{row}\n" for row in ROWS.split()[:2])
    yield text("a wish to cancel", f"{wished}キャンセル希望,{ROWS.split()[2]}\n")


def moneys():
    """Tax, units, discounts, refunds and postage, and other things said in headings and rows."""
    rows = ROWS.split()
    taxed = "".join(f"{row},{int(int(row.split(',')[2]) * 1.1)}\n" for row in rows)
    more = [(who, day, int(amount * 1.1)) for who, day, amount in ORDERS]
    yield text("with tax and without", f"会員番号,注文日,税抜金額,税込金額\n{taxed}", orders=more)
    yield text(
        "with tax and without, without asked for",
        f"会員番号,注文日,金額(税抜),金額(税込)\n{taxed}",
        without_tax=True,
    )
    thousands = "A-1,2024-01-05,1.2\nB-2,2024-01-06,0.5\nA-1,2024-02-10,0.7\n"
    yield text("thousands of yen in the heading", f"会員番号,注文日,金額(千円)\n{thousands}")
    yield text("thousands of yen above the heading", f"売上一覧\n,,単位：千円\n{HEAD}{thousands}")
    yield text("yen in the heading", PLAIN.replace("金額", "金額（税込・円）"))
    numbered = "注文番号,会員番号,注文日,商品名,"
    less = "1,A-1,2024-01-05,茶,1500,300\n2,B-2,2024-01-06,皿,500,0\n3,A-1,2024-02-10,茶,700,\n"
    yield text("a column of discounts", f"{numbered}小計,値引き\n{less}")
    yield text("a column of privileges", f"{numbered}小計,ご優待額\n{less}")
    lines = "1,A-1,2024-01-05,茶,1400\n1,A-1,2024-01-05,値引き,200\n2,B-2,2024-01-06,皿,500\n2,B-2,2024-01-06,送料,600\n3,A-1,2024-02-10,茶,700\n3,A-1,2024-02-10,ポイント利用,-50\n"
    left = [(5, "not_a_sale"), (7, "not_a_sale")]
    yield text("discount, postage and points as rows", f"{numbered}金額\n{lines}", set_aside=left)
    back = "1,A-1,2024-01-05,茶,1000,500\n1,A-1,2024-01-05,皿,700,500\n2,B-2,2024-01-06,皿,500,\n3,A-1,2024-02-10,茶,700,0\n"
    yield text("an order's refund on all its rows", f"{numbered}金額,返金額\n{back}")
    rowwise = back.replace("1000,500", "1000,400").replace("700,500", "700,100")
    yield text("refunds row by row", f"{numbered}金額,返金額\n{rowwise}")
    slip = "1,A-1,2024-01-05,1200,0,売上\n2,B-2,2024-01-06,500,0,売上\n3,B-2,2024-01-09,500,500,返品\n4,A-1,2024-02-10,700,0,売上\n"
    kept = [*ORDERS[:2], ("B-2", "2024-01-09", -500), ORDERS[2]]
    yield text(
        "a return slip with its refund beside it",
        f"注文番号,会員番号,注文日,合計金額,返金額,伝票区分\n{slip}",
        orders=kept,
    )
    pieces = "A-1,2024-01-05,茶,400,3\nB-2,2024-01-06,皿,500,1\nA-1,2024-02-10,碗,350,2\n"
    yield text("price x pieces", f"会員番号,注文日,商品,価格,個\n{pieces}")
    parts = "A-1,2024,1,5,1200\nB-2,2024,1,6,500\nA-1,2024,2,10,700\n"
    yield text("year, month and day apart", f"会員番号,年,月,日,金額\n{parts}")
    closed = "".join(f'c{n},2024-01-{n:02d},"{n},000.-"\n' for n in range(1, 11))
    read = [(f"c{n}", f"2024-01-{n:02d}", n * 1000) for n in range(1, 11)]
    yield text(
        "one odd decimal mark",
        f'{HEAD}{closed}x,2024-01-20,"1,00"\n',
        orders=read,
        set_aside=[(12, "unreadable")],
    )
    yield text("one date far in the future", f"{HEAD}{closed}{closed.replace('2024', '2025')}x,2062-01-05,5\n",
               orders=read + [(who, day.replace("2024", "2025"), n) for who, day, n in read], set_aside=[(22, "after_closing")])  # fmt: skip
    shops = "".join(f"S{n % 2},{row}\n" for n, row in enumerate(rows))
    yield text("shops beside customers", f"店舗コード,{HEAD}{shops}")


def combinations():
    """Several of them at once."""
    hard = "売上データ\n\n" + PLAIN.replace("2024-01-05", "令和6年1月5日").replace(
        "1200", '"￥1,200"'
    )
    yield text(
        "CP932, CRLF, preamble, eras, yen signs",
        (hard + "合計,,2400\n").replace("\n", "\r\n"),
        "cp932",
        set_aside=[(7, "heading_or_total")],
    )
    wide = PLAIN.replace(",", "\t").replace("500", "△５００").replace("\n", "\r\n")
    read = [ORDERS[0], ("B-2", "2024-01-06", -500), ORDERS[2]]
    yield text("UTF-16, tabs, full-width negative amounts", wide, "utf-16", orders=read)
    euro = "Kunde;Datum;Betrag\nA-1;05.01.2024;1.200,50\nB-2;26.01.2024;-3,00\n"
    read = [("A-1", "2024-01-05", 120050), ("B-2", "2024-01-26", -300)]
    yield text(
        "German export, nothing named",
        euro,
        "cp1252",
        orders=read,
        currency="EUR",
        customer_column="Kunde",
        date_column="Datum",
        amount_column="Betrag",
    )
    packed = gzip.compress(PLAIN.replace(",", ";").encode("euc_jp"), mtime=0)
    yield Case(
        "zip of a gzip in EUC-JP with semicolons",
        {"sales.zip": archive(a__csv__gz=packed)},
        ask="sales.zip",
    )
    mixed = {
        "a.csv": (HEAD + ROWS.splitlines()[0] + "\n").encode("cp932"),
        "b.xlsx": workbook(("x", [["金額", "会員番号", "注文日"], [500, "B-2", "2024/1/6"]])),
        "c.csv": (HEAD + ROWS.splitlines()[2]).encode("utf-16"),
    }
    yield Case("a folder of CSV and workbook, columns in another order", mixed, ask=".")
    sold = "A-1,2024-01-05,1,1200\nB-2,2024-01-06,2,500\nA-1,2024-02-10,3,700\n"
    halves = {
        "1_明細.csv": "注文番号,商品名,数量,単価\n1,茶,2,600\n2,茶,1,500\n3,茶,1,700\n".encode(
            "cp932"
        ),
        "2_受注.csv": ("会員番号,注文日,注文番号,合計金額\n" + sold).encode("utf-16"),
    }
    yield Case("a folder of orders and their product lines", halves, ask=".")


def corpus():
    """Every case."""
    parts = (encodings, shapes, containers, dates, amounts, moneys, people, combinations)
    return [case for part in parts for case in part()]


def main():
    """Print the forms."""
    for number, case in enumerate(corpus(), 1):
        print(f"{number:>4}  {case.form}")


if __name__ == "__main__":
    main()
