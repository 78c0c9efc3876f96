"""What a name can stand for: a file, a folder, a wildcard, archives, or several of those."""

import gzip
import hashlib
import io
import zipfile

import pytest
import xlsxwriter

from toolkit.intake import read_sales
from toolkit.intake.tables.files import open_files, open_grid
from toolkit.problems import InputProblem
from toolkit.settings import Settings

HEADER = "会員番号,注文日,金額\n"


def month(n):
    return f"{HEADER}{n},2024-{n:02d}-05,{n}00\n"


def zipped(**members):
    """A zip archive; names of members with `/` as given."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, each in members.items():
            archive.writestr(zipfile.ZipInfo(name), each, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def renamed(archive, old, new):
    """An archive with a member's name in other bytes of the same length."""
    assert archive.count(old) == 2 and len(old) == len(new)
    return archive.replace(old, new)


def test_a_file_is_one_table(drawer):
    assert drawer.names(drawer.put("売上.csv", month(1))) == ["売上.csv"]


def test_a_folder_is_its_tables_in_the_natural_order_of_their_names(drawer):
    for n in (10, 2, 1):
        drawer.put(f"shop/{n}月.csv", month(n))
    assert drawer.names(drawer.folder / "shop") == ["1月.csv", "2月.csv", "10月.csv"]


def test_folders_below_a_folder_are_read_and_told(drawer):
    drawer.put("shop/a.csv", month(1))
    for name in ("2024/01.csv", "2023/01.csv", "2024/old/01.csv", ".git/b.csv", "2024/.c.csv"):
        drawer.put(f"shop/{name}", month(len(name)) + name)
    grids = open_files(drawer.folder / "shop")
    names = ["2023/01.csv", "2024/01.csv"]
    assert [grid.name for grid in grids] == [*names, "a.csv"]
    entered, left = grids[0].notes
    assert (entered.key, entered.values["files"].split(", ")) == ("folders_entered", names)
    assert (left.key, left.values["files"]) == ("folders_left", "2024/old")


def test_beside_tables_only_folders_of_a_period_are_entered(drawer):
    for n, name in enumerate(("a.csv", "資料/b.csv", "backup2024/c.csv", "2024年/d.csv"), 1):
        drawer.put(f"shop/{name}", month(n))
    grids = open_files(drawer.folder / "shop")
    assert sorted(grid.name for grid in grids) == ["2024年/d.csv", "a.csv"]
    for n, name in enumerate(("渋谷/b.csv", "新宿/c.csv"), 5):
        drawer.put(f"shops/{name}", month(n))
    assert len(open_files(drawer.folder / "shops")) == 2


def test_files_of_one_name_below_two_folders_are_told_apart(drawer):
    for n, name in enumerate(("one/2024/01.csv", "two/2024/01.csv")):
        drawer.put(name, month(n + 1))
    folders = [drawer.folder / name for name in ("one", "two")]
    assert drawer.names(folders) == ["one/2024/01.csv", "two/2024/01.csv"]


def test_what_is_no_table_in_a_folder_is_passed_over_and_said(drawer):
    drawer.put("shop/a.csv", month(1))
    drawer.put("shop/b.txt", month(2).replace(",", "\t"))
    drawer.put("shop/c", month(3))
    drawer.put("shop/d.xml", month(4))
    drawer.put("shop/readme.txt", "Sales of the shop.\nAsk Hanako, or Taro, for more.\n")
    drawer.put("shop/logo.png", bytes(range(256)))
    drawer.put("shop/letter.docx", zipped(**{"[Content_Types].xml": "<x/>", "word/a.xml": "<x/>"}))
    for hidden in (".csv", "~$book.xlsx", "Thumbs.db", "desktop.ini", ".hidden.csv"):
        drawer.put(f"shop/{hidden}", month(5))
    grids = open_files(drawer.folder / "shop")
    assert [grid.name for grid in grids] == ["a.csv", "b.txt", "c", "d.xml"]
    (note,) = grids[0].notes
    assert note.key == "files_passed_over"
    assert sorted(note.values["files"].split(", ")) == ["letter.docx", "logo.png", "readme.txt"]


def test_what_an_earlier_run_wrote_is_not_read(drawer):
    drawer.put("a.csv", month(1))
    drawer.put("out/facts.json", "{}")
    drawer.put("out/winback.csv", month(2))
    drawer.put("out/tables/layers.csv", month(3))
    assert drawer.names(str(drawer.folder / "**/*.csv")) == ["a.csv"]
    assert drawer.faults(drawer.folder / "out")[0][0] == "no_files"


def test_a_wildcard_is_the_files_it_matches(drawer):
    for name in ("2023-12.csv", "2024-2.csv", "2024-10.csv"):
        drawer.put(name, month(int(name[-6:-4].strip("-"))))
    assert drawer.names(str(drawer.folder / "2024-*.csv")) == ["2024-2.csv", "2024-10.csv"]


def test_a_file_with_a_bracket_in_its_name_is_that_file(drawer):
    assert drawer.names(drawer.put("売上[1].csv", month(1))) == ["売上[1].csv"]


def test_several_names_are_read_together_each_file_once(drawer):
    first, second = drawer.put("a/sales.csv", month(1)), drawer.put("b/sales.csv", month(2))
    drawer.put("b/more.csv", month(3))
    given = [second, first, str(drawer.folder / "b" / "*.csv"), first]
    assert drawer.names(given) == ["a/sales.csv", "b/sales.csv", "more.csv"]


def test_a_copy_of_a_file_is_read_once_and_said(drawer):
    drawer.put("shop/a.csv", month(1))
    drawer.put("shop/a (1).csv", month(1))
    drawer.put("shop/b.csv", month(2))  # as long as the others
    (first, second) = open_files(drawer.folder / "shop")
    assert [first.name, second.name] == ["a (1).csv", "b.csv"]
    values = {"file": "a (1).csv", "other": "a.csv"}
    assert [(note.key, note.values) for note in first.notes] == [("files_equal", values)]


def test_the_members_of_an_archive_are_tables(drawer):
    content = zipped(
        **{
            "shop/2月.csv": month(2),
            "shop/1月.csv.gz": gzip.compress(month(1).encode("cp932"), mtime=0),
            "shop/": "",
            "shop/readme.txt": "Nothing,\nto see.\n",
            "__MACOSX/shop/._1月.csv": b"\0\5\x16\7",
            "shop/.DS_Store": b"\0\0",
            "shop/empty.csv": "",
        }
    )
    path = drawer.put("売上.zip", content)
    names = ["売上.zip/shop/1月.csv.gz", "売上.zip/shop/2月.csv"]
    assert drawer.names(path) == names
    assert drawer.names(drawer.folder) == names


def test_a_member_is_read_and_named_and_hashed_like_a_file(drawer):
    path = drawer.put("a.zip", zipped(**{"1月.csv": month(1)}))
    ledger = read_sales(path, Settings.checked({}))
    assert ledger.source.file == "a.zip/1月.csv"
    assert ledger.source.sha256 == hashlib.sha256(month(1).encode()).hexdigest()
    assert ledger.source.rows_kept == 1


def test_a_gzipped_file_is_hashed_as_it_lies_on_disk(drawer):
    content = gzip.compress(month(1).encode(), mtime=0)
    (grid,) = open_files(drawer.put("a.csv.gz", content))
    assert grid.sha256() == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_names_in_an_archive_are_shown_as_their_maker_saw_them(drawer, encoding):
    name = "一覧表.csv".encode(encoding)  # the CP932 of 表 has a backslash in it
    plain = b"x" * (len(name) - 4) + b".csv"
    content = renamed(zipped(**{plain.decode(): month(1)}), plain, name)
    assert drawer.names(drawer.put("a.zip", content)) == ["a.zip/一覧表.csv"]


def test_a_workbook_in_an_archive_is_a_table(drawer):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["会員番号", "注文日", "金額"])
    sheet.write_row(1, 0, ["1", "2024-01-05", 500])
    book.close()
    for members in ({"売上.xlsx": content.getvalue()}, {"売上": content.getvalue()}):
        (grid,) = open_files(drawer.put("a.zip", zipped(**members)))
        assert (grid.name, grid.kind) == (f"a.zip/{next(iter(members))}", "xlsx")
        assert read_sales(grid.stored.path, Settings.checked({})).source.rows_kept == 1


def test_an_archive_in_an_archive_is_opened_but_no_deeper(drawer):
    inner = zipped(**{"1月.csv": month(1)})
    middle = zipped(**{"inner.zip": inner})
    assert drawer.names(drawer.put("a.zip", middle)) == ["a.zip/inner.zip/1月.csv"]
    deeper = drawer.put("b.zip", zipped(**{"middle.zip": middle}))
    assert drawer.faults(deeper) == [("zip_too_large", {"file": "b.zip/middle.zip/inner.zip"})]


def test_an_archive_with_a_password_is_refused(drawer):
    content = bytearray(zipped(**{"1月.csv": month(1)}))
    content[6] |= 1  # the flag in the member's own header,
    content[content.index(b"PK\x01\x02") + 8] |= 1  # and in the directory
    assert drawer.faults(drawer.put("a.zip", bytes(content)))[0][0] == "zip_locked"


@pytest.mark.parametrize("damage", ["cut", "bytes"])
def test_a_damaged_archive_is_refused(drawer, damage):
    content = zipped(**{"1月.csv": month(1) + "1,2024-01-05,5\n" * 999})
    if damage == "cut":
        content = content[:-30]
    else:
        middle = len(content) // 2
        content = content[: middle - 60] + bytes(40) + content[middle - 20 :]
    assert drawer.faults(drawer.put("a.zip", content))[0][0] == "broken_zip"


def test_an_unknown_way_of_packing_is_refused(drawer):
    content = bytearray(zipped(**{"1月.csv": month(1)}))
    content[8] = content[content.index(b"PK\x01\x02") + 10] = 9  # Deflate64, as Windows uses it
    assert drawer.faults(drawer.put("a.zip", bytes(content)))[0][0] == "zip_method"


@pytest.mark.parametrize("members", [{}, {"a.txt": "Nothing,\nto see.\n"}], ids=["none", "prose"])
def test_an_archive_without_a_table_is_refused(drawer, members):
    path = drawer.put("a.zip", zipped(**members))
    assert drawer.faults(path) == [("zip_empty", {"file": "a.zip"})]


def test_what_unpacks_to_hundreds_of_times_its_size_is_refused(drawer, monkeypatch):
    monkeypatch.setattr("toolkit.intake.tables.archives.ALWAYS_FREE", 1 << 20)
    swollen = (month(1) + "1,2024-01-05,5\n" * 300_000).encode()
    packed = {"a.zip": zipped(**{"a.csv": swollen}), "a.csv.gz": gzip.compress(swollen, mtime=0)}
    monkeypatch.setattr("toolkit.intake.tables.archives.MOST_SWOLLEN", 100)
    for name, content in packed.items():
        assert drawer.faults(drawer.put(name, content))[0][0] == "zip_bomb"
    monkeypatch.setattr("toolkit.intake.tables.archives.MOST_SWOLLEN", 1_000)
    for name in packed:
        assert len(drawer.names(drawer.folder / name)) == 1


def test_too_many_members_are_refused(drawer, monkeypatch):
    monkeypatch.setattr("toolkit.intake.tables.archives.MOST_MEMBERS", 2)
    path = drawer.put("a.zip", zipped(**{f"{n}.csv": month(n) for n in (1, 2, 3)}))
    assert drawer.faults(path) == [("zip_too_large", {"file": "a.zip"})]


def test_the_faults_of_all_files_are_told_at_once(drawer):
    given = [drawer.put("empty.csv", ""), drawer.put("b.csv", b"\0"), drawer.folder / "none.csv"]
    given += [drawer.put("fine.csv", month(1)), str(drawer.folder / "x*.csv")]
    keys = [key for key, _ in drawer.faults(given)]
    assert keys == ["file_missing", "not_text", "empty_file"]


@pytest.mark.parametrize("name", ["none*.csv", "folder"])
def test_a_name_nothing_matches_is_refused(drawer, name):
    (drawer.folder / "folder").mkdir()
    path = str(drawer.folder / name)
    assert drawer.faults(path) == [("no_files", {"file": path})]


def test_a_file_that_may_not_be_read_is_refused(drawer, monkeypatch):
    path = drawer.put("a.csv", month(1))

    def locked(*_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", locked)
    assert drawer.faults(path) == [("file_locked", {"file": "a.csv"})]


def test_one_table_is_opened_and_several_are_refused(drawer):
    assert open_grid(drawer.put("a.zip", zipped(**{"1月.csv": month(1)}))).name == "a.zip/1月.csv"
    path = drawer.put("b.zip", zipped(**{f"{n}月.csv": month(n) for n in (1, 2)}))
    for each, key in ((path, "several_tables"), (drawer.folder, "file_is_folder")):
        with pytest.raises(InputProblem) as caught:
            open_grid(each)
        assert caught.value.faults[0][0] == key and caught.value.text("ja")
