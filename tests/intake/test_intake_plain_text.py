"""Plain rows are parsed before they are decoded, and read as the careful way reads them."""

import contextlib
import io
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.tables import plain_text, text
from toolkit.intake.tables.archives import Stored
from toolkit.intake.tables.encodings import find_encoding
from toolkit.intake.tables.grid import gather
from toolkit.intake.tables.layout import find_layout
from toolkit.intake.tables.plain_text import PlainText, is_plain
from toolkit.problems import InputProblem

HEADER = "会員番号,注文日,備考\n"
CELLS = ["1", "2024-01-05", "山田", "表示", '"a,b"', '"two\nlines"', '"say ""hi"""', '5" pipe']
CELLS += ["", " x ", "ソ", "①", "ﾀｵﾙ", '"', '"open', "\ufeff", "a,b", "髙"]
ENDS = ["\n", "\r\n", "\n\n"]


def of_bytes(path, content):
    path.write_bytes(content)
    return Stored(path, path.name)


def parsed(stored, sizes=(1 << 21, 1 << 22)):
    """The plain rows of a file as lists, what is left and how many lines were read."""
    encoding = find_encoding(stored)
    with small_parts(*sizes), stored.unpacked() as stream:
        plain = PlainText(stream, encoding, find_layout(stored, encoding))
        rows = [list(row.values()) for block in plain.blocks() for row in block.to_pylist()]
        return rows, plain.rest and plain.rest.read(1 << 20), plain.lines


@contextlib.contextmanager
def small_parts(part, most):
    """Parts of a few bytes, so that their borders lie everywhere."""
    with (
        mock.patch.object(plain_text, "_PART", part),
        mock.patch.object(plain_text, "_MOST", most),
    ):
        yield


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp"])
def test_plain_rows_are_all_read(tmp_path, encoding):
    content = HEADER + '1,2024-01-05,表示\n2,2024-01-06,"二\n行"\n'
    rows, rest, lines = parsed(of_bytes(tmp_path / "a.csv", content.encode(encoding)))
    assert rows == [["1", "2024-01-05", "表示"], ["2", "2024-01-06", "二\n行"]]
    assert (rest, lines) == (None, 4)


def test_a_part_ends_where_no_quote_is_open(tmp_path):
    stored = of_bytes(tmp_path / "a.csv", (HEADER + '1,2024-01-05,"a\nb\nc\nd"\n' * 30).encode())
    rows, rest, _ = parsed(stored, (8, 1 << 22))
    assert rows == [["1", "2024-01-05", "a\nb\nc\nd"]] * 30
    assert rest is None


@pytest.mark.parametrize(
    "odd",
    ["3,2024-01-07\n", "3,2024-01-07,x,y\n", '3,2024-01-07,"open\n', "3,2024-01-07,\x01\n"],
    ids=["too few", "too many", "open quote", "control"],
)
def test_reading_stops_before_the_part_that_needs_care(tmp_path, odd):
    lines = [HEADER, *(f"{i},2024-01-05,{'a' * 90}\n" for i in range(4)), odd]
    stored = of_bytes(tmp_path / "a.csv", "".join(lines).encode())
    rows, rest, read = parsed(stored, (128, 1 << 22))
    assert 2 <= read < len(lines)
    assert [row[0] for row in rows] == [str(i) for i in range(read - 1)]
    assert rest.decode() == "".join(lines[read:])


def test_bytes_that_are_no_character_need_care(tmp_path):
    content = (HEADER + "1,2024-01-05,表示\n" * 40).encode("cp932") + b"2,2024-01-06,\x83\n"
    rows, rest, _ = parsed(of_bytes(tmp_path / "a.csv", content), (64, 1 << 22))
    assert 30 < len(rows) <= 40
    assert rest.endswith(b"2,2024-01-06,\x83\n")


@pytest.mark.parametrize(
    ("encoding", "delimiter", "plain"),
    [
        ("cp932", ",", True),
        ("cp932", "|", False),  # ポ is 83 7C
        ("euc_jp", "|", True),
        ("utf-8", "\t", True),
        ("utf-8", " ", False),
        ("utf-16-le", ",", False),
    ],
)
def test_rows_can_be_told_apart_in_bytes(encoding, delimiter, plain):
    assert is_plain(encoding, delimiter) is plain


def read(stored):
    """What a file comes to: columns, numbers and rows set aside, or the problem."""
    try:
        grid = text.open_text(stored)
        rows = gather(grid, range(len(grid.header)))
    except InputProblem as problem:
        return [key for key, _ in problem.faults]
    columns = [column.at(range(len(rows))).to_pylist() for column in rows.columns.values()]
    return columns, rows.numbers.tolist(), rows.broken, grid.damaged


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.lists(st.sampled_from(CELLS), min_size=3, max_size=3), st.sampled_from(ENDS)),
        min_size=8,
        max_size=40,
    ),
    odd=st.integers(0, 3),
    encoding=st.sampled_from(["utf-8", "cp932"]),
    part=st.sampled_from([16, 100, 1 << 21]),
)
def test_both_ways_of_reading_agree(tmp_path_factory, rows, odd, encoding, part):
    plain = [
        cells if i % 4 < odd else cells[:1] + ["2024-01-05", "x"]
        for i, (cells, _) in enumerate(rows)
    ]
    lines = [",".join(cells) + end for cells, (_, end) in zip(plain, rows, strict=True)]
    content = io.StringIO(HEADER + "".join(lines), newline="").read()
    path = tmp_path_factory.mktemp("both") / "a.csv"
    stored = of_bytes(path, content.encode(encoding, "replace"))
    with small_parts(part, 1 << 22):
        ahead = read(stored)
        with mock.patch.object(text, "is_plain", lambda *_: False):
            careful = read(stored)
    assert ahead == careful
