"""A file read in portions is the file read whole."""

import random
from unittest import mock

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.frames import frame
from toolkit.intake import check_sales, large, read_sales
from toolkit.intake.tables.fingerprints import text_hashes
from toolkit.intake.tables.portions import mixed
from toolkit.problems import InputProblem
from toolkit.settings import Settings


@pytest.fixture(autouse=True)
def no_collecting(monkeypatch):
    """What is freed after each portion is little here, and looked for among all the tests have."""
    monkeypatch.setattr(large.gc, "collect", lambda: 0)


HEADER = "注文番号,会員番号,注文日時,ステータス,商品コード,商品名,単価,数量,金額"


def whole_and_parts(file, parts, **given):
    """The ledger of a file read as a whole, and in so many portions."""
    chosen = Settings.checked({"language": "en"} | given)
    whole = read_sales(file, chosen)
    with parts_seen() as seen, mock.patch("toolkit.intake.portions_of", lambda *_: parts):
        portions = read_sales(file, chosen)
    return whole, portions, seen


class parts_seen:
    """Whether the portions were made a ledger, and not given up for the whole."""

    def __enter__(self):
        self.made = 0
        self._kept = large._merged

        def merged(*given):
            self.made += 1
            return self._kept(*given)

        self._patch = mock.patch.object(large, "_merged", merged)
        self._patch.start()
        return self

    def __exit__(self, *_):
        self._patch.stop()


def rows_of(table):
    """The rows of a table in an order of their own, as text."""
    found = frame(table).astype(str)
    return found.sort_values(list(found.columns)).reset_index(drop=True)


def require_same(whole, portions):
    for name in ("orders", "ids", "lines", "subscriptions", "contacts", "people", "prospects"):
        one, two = getattr(whole, name), getattr(portions, name)
        assert (one is None) == (two is None), name
        if one is not None:
            pd.testing.assert_frame_equal(rows_of(one), rows_of(two))
    assert whole.source == portions.source
    assert whole.audit == portions.audit
    pd.testing.assert_frame_equal(whole.set_aside, portions.set_aside)
    assert (whole.first_date, whole.closing_date) == (portions.first_date, portions.closing_date)
    assert {n.key: dict(n.values) for n in whole.notes} == {
        n.key: dict(n.values) for n in portions.notes
    }


def messy(seed, orders=300):
    """Lines of orders with everything that happens to them, as text."""
    draw = random.Random(seed)
    lines = [HEADER]
    for number in range(orders):
        who = draw.choice(["0", "ゲスト", "", *(f"{draw.randrange(60):05d}" for _ in range(12))])
        day = (
            f"2024/{draw.randint(1, 12):02d}/{draw.randint(1, 28):02d} {draw.randrange(24):02d}:00"
        )
        status = draw.choice(["発送済", "発送済", "発送済", "キャンセル", "入金待ち"])
        sign = draw.choice([1] * 9 + [-1])
        block = []
        for _ in range(draw.randint(1, 4)):
            price, count = draw.choice([300, 500, 1200]), sign * draw.randint(1, 3)
            product = draw.randrange(8)
            cells = [f"T{number:05d}", who, day, status, f"P{product}", f"商品{product}"]
            block.append(",".join([*cells, str(price), str(count), str(price * count)]))
        lines += block
        if draw.random() < 0.05:
            lines.insert(draw.randint(1, len(lines)), draw.choice(block))  # exported twice
        if draw.random() < 0.05:
            slip = block[0].split(",")
            slip[2], slip[7] = "2024/12/29 10:00", str(-abs(int(slip[7])))
            slip[8] = str(int(slip[6]) * int(slip[7]))
            lines.append(",".join(slip))  # taken back later, under the same number
        if draw.random() < 0.03:
            lines.append(draw.choice(["", ",,,,,,,,", HEADER, "T1,torn", block[0] + ",more"]))
    lines.append("合計,,,,,,,," + str(sum(1 for _ in lines)))
    return "\n".join(lines) + "\n"


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6), st.sampled_from(["utf-8", "cp932"]))
def test_any_number_of_portions_gives_the_ledger_of_the_whole(
    tmp_path_factory, seed, parts, encoding
):
    path = tmp_path_factory.mktemp("large") / "sales.csv"
    path.write_bytes(messy(seed).encode(encoding))
    whole, portions, seen = whole_and_parts(path, parts)
    require_same(whole, portions)
    assert seen.made == 1


def test_files_that_overlap_are_one_in_portions_too(tmp_path):
    lines = messy(3).splitlines()
    half = len(lines) // 2
    (tmp_path / "a.csv").write_text("\n".join(lines[: half + 40]), encoding="utf-8")
    (tmp_path / "b.csv").write_text("\n".join([HEADER, *lines[half:-1]]), encoding="utf-8")
    whole, portions, seen = whole_and_parts(tmp_path, 3)
    require_same(whole, portions)
    assert seen.made == 1
    assert any(note.key == "overlapped" for note in whole.notes)


CONTRARY = {  # orders of two rows; in one of them the rows show something else
    "返金額": lambda n, row: f"茶,1,1000,{50 * (n % 5 == 0 and (n, row) != (40, 1))}",
    "値引額": lambda n, row: f"茶,1,1000,{50 * (n % 5 == 0 and (n, row) != (40, 1))}",
    "備考": lambda n, row: f"茶,{-1 if n % 9 == 0 else 1},{-1000 if n == 45 else 1000},",
}


@pytest.mark.parametrize("name", CONTRARY)
def test_portions_that_contradict_each_other_leave_it_to_the_whole(tmp_path, name):
    path = tmp_path / "sales.csv"
    lines = [f"注文番号,会員番号,注文日,商品名,数量,小計,{name}"]
    for n in range(1, 121):
        for row in range(2):
            what = CONTRARY[name](n, row).replace("茶", "茶皿"[row])
            lines.append(f"{n},{n % 30:03d},2024-{n % 12 + 1:02d}-05,{what}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    whole, portions, seen = whole_and_parts(path, 4)
    require_same(whole, portions)
    assert seen.made == 0


def test_shares_are_those_of_all_portions(tmp_path):
    path = tmp_path / "sales.csv"
    lines = ["注文番号,会員番号,注文日,ステータス,金額"]
    for n in range(1, 201):
        day = "2024-13-45" if n % 15 == 0 else f"2024-{n % 12 + 1:02d}-05"
        who = "777" if n % 2 else f"{n % 30:03d}"
        lines.append(f"{n},{who},{day},{'キャンセル' if n == 50 else ''},{n}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    whole, portions, seen = whole_and_parts(path, 4)
    require_same(whole, portions)
    assert seen.made == 1
    told = {note.key: dict(note.values) for note in portions.notes}
    assert (told["many_unreadable"]["n"], told["many_unreadable"]["all"]) == (13, 200)
    assert (told["house_account"]["n"], told["house_account"]["all"]) == (93, 186)


def test_a_date_far_beyond_the_others_is_found_by_all_portions_together(tmp_path):
    path = tmp_path / "sales.csv"
    text = messy(4, orders=200)
    stray = "T90000,00007,2042/01/01 10:00,発送済,P1,商品1,500,1,500"
    path.write_text(text.replace(HEADER, HEADER + "\n" + stray, 1), encoding="utf-8")
    whole, portions, seen = whole_and_parts(path, 4)
    require_same(whole, portions)
    assert whole.closing_date.year == 2024
    assert seen.made == 1


def test_a_closing_date_and_a_contact_log_reach_every_portion(tmp_path):
    path, log = tmp_path / "sales.csv", tmp_path / "log.csv"
    path.write_text(messy(5), encoding="utf-8")
    log.write_text(
        "会員番号,日付,種別\n00007,2024-03-01,お礼\n99,2024-03-02,苦情\n", encoding="utf-8"
    )
    given = {"closing_date": "2024-10-31", "contacts_file": str(log)}
    whole, portions, seen = whole_and_parts(path, 3, **given)
    require_same(whole, portions)
    assert seen.made == 1


def test_a_portion_without_sales_leaves_it_to_the_whole(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text(HEADER + "\nT1,7,2024/01/05 10:00,発送済,P1,茶,500,1,500\n", encoding="utf-8")
    whole, portions, seen = whole_and_parts(path, 3)
    require_same(whole, portions)
    assert seen.made == 0


def uneven(cells, parts=3):
    """Orders of two kinds: those of the first portion (odd) and the others; `cells` gives who,
    day and amount."""
    numbers = [str(i) for i in range(1000, 1120)]
    nth = mixed(text_hashes(pa.array(numbers))) % np.uint64(parts)
    lines = [f"{i},{cells(int(i), odd)}" for i, odd in zip(numbers, nth == 0, strict=True)]
    return "\n".join(["注文番号,会員番号,注文日,金額", *lines]) + "\n"


REFUSED_ALONE = {  # one portion of three is odd, and would not be read alone, or otherwise
    "unreadable": lambda i, odd: f"{i % 30},{'未定' if odd else '2024-03-05'},{i}",
    "no customers": lambda i, odd: f"{'' if odd else i % 30},2024-03-05,{i}",
    "closing date": lambda i, odd: f"{i % 30},2024-{'01' if odd else '09'}-05,{i}",
    "day or month first": lambda i, odd: f"{i % 30},{'03' if odd else '25'}/05/2024,{i}",
    "decimal comma": lambda i, odd: (
        f'{i % 30},2024-{i % 12 + 1}-05,"{"1,500" if odd else "12,50"}"'
    ),
}


@pytest.mark.parametrize("case", REFUSED_ALONE)
def test_what_one_portion_would_be_refused_for_the_whole_decides(tmp_path, case):
    path = tmp_path / "sales.csv"
    path.write_text(uneven(REFUSED_ALONE[case]), encoding="utf-8")
    given = {
        "closing date": {"closing_date": "2024-09-30"},
        "decimal comma": {"currency": "EUR"},
    }
    whole, portions, seen = whole_and_parts(path, 3, **given.get(case, {}))
    require_same(whole, portions)
    assert seen.made == 0


def test_what_the_whole_is_refused_for_is_refused_in_portions(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text(uneven(lambda i, _: f"7,{'未定' if i % 4 else '2024-03-05'},{i}"))
    chosen = Settings.checked({"language": "en"})
    with pytest.raises(InputProblem) as whole:
        read_sales(path, chosen)
    three = mock.patch("toolkit.intake.portions_of", lambda *_: 3)
    with three, pytest.raises(InputProblem) as portions:
        read_sales(path, chosen)
    assert whole.value.text("en") == portions.value.text("en")


def test_a_fault_in_a_portion_is_told(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_bytes(messy(6).encode("cp932") + "表示".encode() * 9)
    three = mock.patch("toolkit.intake.portions_of", lambda *_: 3)
    with three, pytest.raises(InputProblem) as problem:
        read_sales(path, Settings.checked({"language": "en"}))
    assert "sales.csv" in problem.value.text("en")


def test_a_check_tells_of_all_portions(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text(messy(7), encoding="utf-8")
    chosen = Settings.checked({"language": "en"})
    whole = check_sales(path, chosen).found
    with mock.patch("toolkit.intake.portions_of", lambda *_: 3):
        parts = check_sales(path, chosen).found
    for name in ("source", "orders", "customers", "amount", "keys", "audit", "closing_date"):
        assert getattr(whole, name) == getattr(parts, name), name


@pytest.mark.parametrize(
    ("header", "row", "parts"),
    [
        pytest.param("注文番号,会員番号,注文日,金額", "{n},{n},2024-01-05,500", 3, id="numbers"),
        pytest.param("会員番号,注文日,金額", "{n},2024-01-05,500", 1, id="no order numbers"),
        pytest.param("注文番号,氏名,注文日,金額", "{n},山田{n},2024-01-05,500", 1, id="names"),
    ],
)
def test_only_what_can_be_told_apart_is_read_in_portions(tmp_path, header, row, parts):
    from toolkit.intake.columns.opening import look_over
    from toolkit.intake.tables.files import open_files

    path = tmp_path / "sales.csv"
    path.write_text(header + "\n" + "".join(row.format(n=n) + "\n" for n in range(40)))
    chosen = Settings.checked({"language": "en"})
    opened = look_over(open_files(path), chosen)
    with mock.patch.object(large, "PORTION", path.stat().st_size // 3 + 1):
        assert large.portions_of(opened, chosen) == parts
    assert large.portions_of(opened, chosen) == 1


def test_a_real_file_in_portions(real_data):
    file = next((real_data / "online_retail_uci").glob("*.csv*"))
    whole, portions, seen = whole_and_parts(file, 4, currency="GBP")
    require_same(whole, portions)
    assert seen.made == 1


def test_orders_written_once_are_read_as_a_whole(tmp_path):
    from toolkit.intake.columns.opening import look_over
    from toolkit.intake.tables.files import open_files

    path = tmp_path / "sales.csv"
    rows = (
        f"A{n},{1001 + n % 9},2024-01-{n % 28 + 1},緑茶{n % 7},500\n,,,大皿{n % 5},5\n"
        for n in range(40)
    )
    path.write_text("注文番号,会員番号,注文日,商品名,金額\n" + "".join(rows), encoding="utf-8")
    chosen = Settings.checked({"language": "en"})
    with mock.patch.object(large, "PORTION", 100):
        assert large.portions_of(look_over(open_files(path), chosen), chosen) == 1


def test_notes_tell_of_all_portions_together(tmp_path):
    """Amounts with tax in one portion and without in the others; numbers with zeros and without
    on orders of different portions; reasons and wishes in columns that are no status."""
    path = tmp_path / "sales.csv"
    text = uneven(
        lambda i, odd: (
            f"{f'{i % 40 + 1:03d}' if i % 2 else i % 40 + 1},2024-{i % 12 + 1:02d}-05,"
            f"{i}{'込' if odd else '抜'},{'在庫切れ' if i % 10 == 0 else ''},"
            f"{'キャンセル希望' if i % 9 == 0 else '発送済'}"
        )
    )
    text = text.replace("金額", "金額,キャンセル理由,備考", 1)
    path.write_text(text, encoding="utf-8")
    whole, portions, seen = whole_and_parts(path, 3)
    require_same(whole, portions)
    assert seen.made == 1
    assert {"tax_mixed", "status_wish"} <= {note.key for note in whole.notes}


def test_numbers_that_differ_in_zeros_over_all_portions(tmp_path):
    path = tmp_path / "sales.csv"
    text = uneven(
        lambda i, _: f"{f'{i % 40 + 1:03d}' if i >= 1060 else i % 40 + 1},2024-{i % 12 + 1}-05,{i}"
    )
    path.write_text(text, encoding="utf-8")
    whole, portions, seen = whole_and_parts(path, 3)
    require_same(whole, portions)
    assert seen.made == 1
    assert "numbers_zeros" in {note.key for note in whole.notes}
