"""Whatever the csv module writes in whatever dialect and encoding is read back cell by cell."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.tables.files import open_files
from toolkit.intake.tables.grid import gather

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jis_2004"]
KNOWN = ["会員番号", "注文日", "金額", "商品名", "備考", "数量"]
FOREIGN = ["wer", "wann", "wieviel", "was", "wo", "wozu"]
CELLS = [
    "山田",
    "タオル（青）",
    "a b",
    "x",
    "5",
    "ﾀｵﾙ",
    "①",
    "～",
    "-1",
    "1,5",
    "a;b",
    "p|q",
    "1\t2",
]
CELLS += ['say "hi"', "two\nlines", "", "  ", "合", "2024", "12:30"]
ABOVE = [[], [["題名"]], [["売上一覧", "", ""]], [[], ["期間 2024"], []]]


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(
        st.lists(st.sampled_from(CELLS), min_size=6, max_size=6), min_size=1, max_size=20
    ),
    width=st.integers(3, 6),
    names=st.sampled_from([KNOWN, FOREIGN]),
    above=st.sampled_from(ABOVE),
    delimiter=st.sampled_from(",;\t|"),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(ENCODINGS),
)
def test_tables_come_back_as_written(
    tmp_path_factory, rows, width, names, above, delimiter, ending, encoding
):
    rows = [[str(i), "2024-01-05", *row][:width] for i, row in enumerate(rows)]
    if encoding.startswith("euc") and len(rows) < 5:  # a few half-width kana could be CP932
        rows = [[cell.replace("ﾀｵﾙ", "タオル") for cell in row] for row in rows]
    # csv quotes a line break only where it is the line's own end
    quoting = csv.QUOTE_ALL if ending == "\r" else csv.QUOTE_MINIMAL
    written = io.StringIO(newline="")
    table = csv.writer(written, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    table.writerows([*above, names[:width], *rows])
    path = tmp_path_factory.mktemp("property") / "sales.csv"
    path.write_bytes(written.getvalue().encode(encoding))

    (grid,) = open_files(path)
    read = gather(grid, range(width))
    columns = [each.at(range(len(read))).to_pylist() for each in read.columns.values()]
    first = len(above) + 2
    assert grid.header == tuple(names[:width])
    assert read.numbers.tolist() == [*range(first, first + len(rows))]
    assert [*zip(*columns, strict=True)] == [tuple(c.strip() for c in row) for row in rows]
    assert read.broken == []
