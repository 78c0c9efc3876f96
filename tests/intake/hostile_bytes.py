"""Files nobody should send, made by the thousand: for the fuzzing test and for long runs of it.

    python tests/intake/hostile_bytes.py --minutes 30 [--seed 1]

Every file ends in a ledger whose rows add up, or in a message that names the file; anything else
is a finding: it is written to the folder `findings` with the error beside it. So is the place in
the code that a file hangs at for half a minute; the slowest is told in seconds of the processor, so
that a busy machine makes no difference.
"""

import argparse
import faulthandler
import gzip
import io
import random
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

from toolkit.intake import read_sales
from toolkit.problems import InputProblem
from toolkit.settings import Settings

HANGS = 30  # seconds on one file
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp", "cp1252", "mac_roman"),
    "latin-1",
)
DELIMITERS = (",", "\t", ";", "|", "  ", ",")
ENDS = ("\n", "\r\n", "\r", "\n\n")
NAMES = (
    *(
        "顧客番号",
        "会員ID",
        "customer_id",
        "メールアドレス",
        "Email",
        "電話番号",
        "お名前",
        "郵便番号",
        "注文番号",
    ),
    *(
        "order_id",
        "Name",
        "注文日",
        "注文日時",
        "date",
        "Created at",
        "日付",
        "時間",
        "合計金額",
        "Total",
        "送料",
    ),
    *(
        "金額",
        "amount",
        "単価",
        "数量",
        "price",
        "quantity",
        "ステータス",
        "status",
        "商品名",
        "sku",
        "通貨",
    ),
    *(
        "ポイント利用額",
        "Refunded Amount",
        "備考",
        "",
        "1",
        "ナニカ",
        "x" * 300,
        "=cmd()",
        "対応状況(ID)",
        "明細区分(ID)",
    ),
    *("Financial Status", "Lineitem quantity", "売上ID", "購入者 名前", "取引No", "伝票名", "定期"),
)
CELLS = (
    *(
        "",
        " ",
        "0",
        "1",
        "guest",
        "店頭",
        "A-1",
        "0012",
        "山田太郎",
        "a@x.jp",
        "090-1234-5670",
        "000-0000-0000",
    ),
    *(
        "2024-01-05",
        "2024/1/5 10:00",
        "20240105",
        "令和6年1月5日",
        "R6.1.5",
        "05/01/24",
        "01/13/2024",
        "45296",
    ),
    *(
        "45296.5",
        "2024-02-30",
        "25:61",
        "1900-01-01",
        "9999-12-31",
        "Feb 11, 2013",
        "11-Feb-13",
        "２０２４／１／５",
    ),
    *(
        "500",
        "-500",
        "△500",
        "(500)",
        "¥1,234",
        "1.234,56",
        "1,234.56",
        "1e3",
        "1e99",
        "9" * 30,
        "NaN",
        "１２３円",
    ),
    *(
        "cancelled",
        "キャンセル",
        "900",
        "pending",
        "合計",
        "Total",
        '"',
        '""',
        "a\nb",
        "a,b",
        "=1+1",
        "\x00",
        "\ufeff",
    ),
    *(
        "𠮷",
        "é",
        "①",
        "～",
        "\u200b",
        "<script>",
        "x" * 5000,
        "#N/A",
        "TRUE",
        "10%",
        "1.5",
        "0.1.2",
        "--5",
    ),
)


SHOPS = (  # headers that can be read, and what usually stands below them
    ("顧客番号 注文日 金額", "7 2024-01-05 500"),
    ("order_id customer_id date amount", "9 A-1 2024-01-05 5"),
    (
        "Name Email Financial_Status Created_at Total Lineitem_quantity",
        "#1 a@x.jp paid 2024-05-01T09:58:12+00:00 34.98 1",
    ),
    (
        "注文番号 メールアドレス 電話番号 注文日 合計金額 送料 商品名 単価 数量",
        "1 a@x.jp 090-1234-5670 2024/1/5 1,200 500 茶 700 1",
    ),
    (
        "対応状況(ID) 明細区分(ID) 注文番号 会員ID 受注日 支払合計 送料 価格 個数",
        "5 1 8 3 2024-01-05 900 0 900 1",
    ),
)


def table(draw):
    """A file of the usual shape, hostile in some of its cells."""
    if draw.random() < 0.75:
        header, usual = (words.split() for words in draw.choice(SHOPS))
    else:
        header = [draw.choice(NAMES) for _ in range(draw.randint(1, 9))]
        usual = [draw.choice(CELLS) for _ in header]
    hostile, width = draw.choice((0.0, 0.02, 0.1, 0.4)), len(header)
    rows, delimiter = draw.choice((0, 1, 2, 5, 20, 150)), draw.choice(DELIMITERS)
    lines = [header] if draw.random() < 0.9 else []
    for _ in range(rows):
        cells = [draw.choice(CELLS) if draw.random() < hostile else usual[i] for i in range(width)]
        if draw.random() < hostile / 4:
            cells = cells[: draw.randint(0, width)] + [draw.choice(CELLS)] * draw.randint(0, 3)
        lines.append(cells if draw.random() > hostile / 9 else header)
    if draw.random() < 0.2:
        lines.insert(0, [draw.choice(CELLS)])
    end, quoted = draw.choice(ENDS), draw.random() < 0.7
    text = end.join(delimiter.join(_cell(c, quoted, draw) for c in line) for line in lines)
    return (text + end * draw.randint(0, 2)).encode(draw.choice(ENCODINGS), "replace")


def _cell(cell, quoted, draw):
    if quoted and draw.random() < 0.97:
        return '"' + cell.replace('"', '""' if draw.random() < 0.95 else '"') + '"'
    return cell


def damaged(content, draw):
    """Bytes cut, doubled, turned over or spliced in."""
    content = bytearray(content)
    for _ in range(draw.choice((0, 0, 0, 0, 1, 2, 5))):
        if not content:
            break
        at = draw.randrange(len(content))
        kind = draw.randrange(5)
        if kind == 0:
            content[at] = draw.randrange(256)
        elif kind == 1:
            del content[at:]
        elif kind == 2:
            content[at:at] = content[at : at + draw.randint(1, 200)]
        elif kind == 3:
            content[at:at] = draw.choice((b'"', b"\x00", b"\xff\xfe", b"\r", b",,,,", b"\xe3\x81"))
        else:
            del content[at : at + draw.randint(1, 50)]
    return bytes(content)


def packed(content, draw):
    """The bytes as they are, gzipped, zipped or as a workbook, sometimes damaged after."""
    kind = draw.random()
    if kind < 0.8:
        return content
    if kind < 0.88:
        content = gzip.compress(content, mtime=0)
    elif kind < 0.96:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for n in range(draw.randint(0, 3)):
                archive.writestr(f"{n}.csv", content)
        content = held.getvalue()
    else:
        content = _workbook(content)
    return damaged(content, draw) if draw.random() < 0.3 else content


def _workbook(content):
    import xlsxwriter

    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for i, line in enumerate(content.decode("utf-8", "replace").splitlines()[:200]):
        for j, cell in enumerate(line.split(",")[:40]):
            sheet.write_string(i, j, cell[:30_000])
    book.close()
    return held.getvalue()


def options(draw):
    """Settings a person might try."""
    given = {"language": draw.choice(("ja", "en"))}
    if draw.random() < 0.15:
        given["no_amount"] = True
    if draw.random() < 0.15:
        given["currency"] = draw.choice(("USD", "EUR", "KWD"))
    if draw.random() < 0.2:
        given["customer_column"] = draw.choice(NAMES)
    if draw.random() < 0.1:
        given["date_column"] = draw.choice(NAMES)
    return given


def made(seed):
    """The file and the settings of a seed."""
    draw = random.Random(seed)
    return packed(damaged(table(draw), draw), draw), options(draw)


def tried(path, given):
    """`ledger` or `problem`; anything but a sound answer raises."""
    try:
        ledger = read_sales(path, Settings.checked(given))
    except InputProblem as problem:
        for language in ("ja", "en"):
            text = problem.text(language)
            assert path.name in text or path.stem in text, text
        return "problem"
    left = len(ledger.set_aside)
    assert ledger.source.rows_read == ledger.source.rows_kept + left
    lines = ledger.orders.aggregate(n=ledger.orders.lines.sum()).to_pyarrow()["n"][0].as_py()
    assert lines == ledger.source.rows_kept
    return "ledger"


def main():
    """Try files until the time is up; tell how many ended how, and the findings."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--minutes", type=float, default=30)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--findings", type=Path, default=Path("findings"))
    chosen = asked.parse_args()
    seed, end, ended = chosen.seed, time.monotonic() + 60 * chosen.minutes, {}
    slowest = (0.0, 0)
    chosen.findings.mkdir(exist_ok=True)
    hangs = (chosen.findings / "hangs.txt").open("w")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.csv"
        while time.monotonic() < end:
            content, given = made(seed)
            path.write_bytes(content)
            begun = time.process_time()
            faulthandler.dump_traceback_later(HANGS, file=hangs)
            try:
                how = tried(path, given)
            except BaseException:
                how = "finding"
                (chosen.findings / f"{seed}.bin").write_bytes(content)
                told = f"{given}\n{traceback.format_exc()}"
                (chosen.findings / f"{seed}.txt").write_text(told, encoding="utf-8")
            ended[how] = ended.get(how, 0) + 1
            faulthandler.cancel_dump_traceback_later()
            slowest = max(slowest, (time.process_time() - begun, seed))
            seed += 1
    seconds, which = slowest
    print(f"{seed - chosen.seed} files: {ended}; slowest {seconds:.1f} s (seed {which})")


if __name__ == "__main__":
    main()
