"""Which encoding a file is in, and what becomes of bytes that are no character in it."""

import gzip

import pytest

from toolkit.intake.tables.encodings import best_encoding

JAPANESE = (
    "会員番号,注文日,金額,商品名\n山田-1,2024-01-05,500,タオル（青）\n2,2024-02-05,700,①ﾀｵﾙ～\n"
)
LATIN = "customer_id,date,amount,name\n1,2024-01-05,5,Renée Müller\n2,2024-02-05,7,José Núñez\n"
FORMS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",  # with its mark, in this machine's order
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp932": "cp932",
    "euc_jis_2004": "euc_jp",
}


def rows_of(text):
    lines = [line.split(",") for line in text.splitlines()]
    return tuple(lines[0]), {i: tuple(cells) for i, cells in enumerate(lines[1:], 2)}


def read(table):
    return table.grid.header, table.rows


@pytest.mark.parametrize("encoding", FORMS)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_japanese_is_read_in_every_encoding_with_every_line_end(drawer, encoding, ending):
    table = drawer.table(JAPANESE.replace("\n", ending), encoding=encoding)
    assert read(table) == rows_of(JAPANESE)
    assert table.grid.encoding == FORMS[encoding]
    assert (table.broken, table.grid.damaged) == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "mac_roman"])
def test_latin_letters_are_read_in_every_encoding(drawer, encoding):
    table = drawer.table(LATIN, encoding=encoding)
    assert read(table) == rows_of(LATIN)
    assert table.grid.encoding == FORMS.get(encoding, encoding)


def test_line_ends_may_be_mixed(drawer):
    text = "customer_id,date,amount\r1,2024-01-05,5\r\n2,2024-01-06,6\n3,2024-01-07,7"
    assert [*drawer.table(text).rows] == [2, 3, 4]


def test_byte_order_marks_are_no_part_of_a_name_or_value(drawer):
    mark = b"\xef\xbb\xbf"
    content = mark * 2 + JAPANESE.encode() + mark + "3,2024-03-05,900,皿\n".encode()
    table = drawer.table(content)
    assert table.grid.header[0] == "会員番号"
    assert table.rows[4] == ("3", "2024-03-05", "900", "皿")
    wide = drawer.table("\ufeff\ufeff" + JAPANESE, encoding="utf-16-le")
    assert read(wide) == rows_of(JAPANESE)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ﾔﾏﾀﾞ ﾀﾛｳ", "cp932"),
        ("髙橋", "cp932"),
        ("東京都渋谷区", "cp932"),
        ("東京都渋谷区", "euc_jp"),
        ("ｼﾌﾞﾔ店の珈琲", "euc_jp"),
        ("Renée", "cp1252"),
        ("Men’s, £5 and “more”", "cp1252"),
        ("€5", "cp1252"),
        ("20 °C", "cp1252"),
        ("L’été à Orléans", "cp1252"),
        ("Straße, Köln", "mac_roman"),
        ("Ana María Núñez", "mac_roman"),
        ("It’s “new”", "mac_roman"),
    ],
    ids=range(13),
)
def test_little_text_is_enough_to_tell_the_encoding(text, encoding):
    content = f"1,{text},2024-01-05\n".encode("euc_jis_2004" if encoding == "euc_jp" else encoding)
    assert best_encoding([content]) == encoding


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("メニュー", "Coffee・Tea"),
        ("メニュー", "cut＋color"),
        ("商品名", "T-shirt　white"),
        ("メール", "k{i:06d}＠gmail.com"),
        ("備考", "a様b"),
        ("備考", "a円b"),
        ("商品名", "ﾎﾟﾛｼｬﾂ"),
        ("商品名", "ﾃｨｰｼｬﾂ {i}"),
    ],
    ids=["dot", "plus", "blank", "mail", "sama", "yen", "kana in pairs", "kana"],
)
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_a_heading_in_japanese_says_how_signs_and_kana_below_are_written(column, cell, encoding):
    lines = [f"{i},2024/01/05,{cell.format(i=i)},500\r\n" for i in range(200)]
    lines = [f"受注番号,受注日,{column},合計金額\r\n", *lines]
    assert best_encoding([line.encode(encoding) for line in lines]) == encoding


@pytest.mark.parametrize("sign", ["・", "＋", "　", "（", "円", "店", "～", "％", "："])
def test_a_lone_sign_in_a_latin_word_is_one_where_no_latin_letter_would_stand(sign):
    lines = [f"{i},2024-01-05,cut{sign}color,500\r\n".encode("cp932") for i in range(200)]
    assert best_encoding(lines) == "cp932"


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "line",
    [
        "Référence;Téléphone;Année;Désignation",
        "Ort;Straße;Größe;Stückzahl;Änderung",
        "Código;Descripción;Año;Teléfono;Población",
        "Observações;Preço;Endereço;Código",
        "Förnamn;Efternamn;Ålder;Årsinköp;Ö-kund",
        "Prénom|Société|Été|Créée",
    ],
    ids=["french", "german", "spanish", "portuguese", "swedish", "bars"],
)
def test_a_heading_in_latin_letters_is_not_taken_for_japanese(line, encoding):
    assert best_encoding([line.encode(encoding) + b"\r\n"]) == encoding


def test_characters_that_come_late_are_still_seen(drawer):
    text = (
        "customer_id,date,amount\n" + "1,2024-01-05,5\n" * 100_000 + "東京都渋谷区,2024-01-06,6\n"
    )
    for encoding in ("cp932", "euc_jp"):
        for content in (text.encode(encoding), gzip.compress(text.encode(encoding), mtime=0)):
            table = drawer.table(content)
            assert table.grid.encoding == encoding
            assert table.rows[100_002][0] == "東京都渋谷区"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("shift", range(2))
def test_a_wide_character_cut_by_a_block_border_stays_whole(drawer, encoding, shift):
    names = [f"{'あ' * shift}😀{i:06d}" for i in range(60_000)]  # over one MiB, of four bytes each
    rows = "".join(f"{name},2024-01-05,1\n" for name in names)
    table = drawer.table("会員番号,注文日,金額\n" + rows, encoding=encoding)
    assert [cells[0] for cells in table.rows.values()] == names


def damaged(text, at, byte=b"\x8e"):
    """CP932 with a byte before the first `at` that is no character there."""
    return text.encode("cp932").replace(at, byte + at, 1)


def test_a_row_with_a_character_cut_off_is_set_aside_where_its_column_is_used(shop):
    content = damaged(JAPANESE, b",2024-02-05") + "3,2024-03-05,900,皿\n".encode("cp932")
    assert shop.reasons(content) == [(3, "unreadable", "2�,2024-02-05,700,①ﾀｵﾙ～")]
    assert shop.notes(content)["damaged_characters"] == {"n": 1, "row": 3}


def test_a_row_with_a_character_cut_off_stays_where_nobody_uses_its_column(shop):
    text = "会員番号,注文日,金額,備考\n1,2024-01-05,500,至急\n2,2024-02-05,700,平日,\n".replace(
        ",\n", "\n"
    )
    content = damaged(text, b"\n2,") + damaged("3,2024-03-05,900,夜\n", b"\n")
    ledger = shop.read(content)
    assert (ledger.source.rows_read, ledger.source.rows_kept) == (3, 3)
    assert {note.key: note.values for note in ledger.notes}["damaged_characters"]["n"] == 2


def test_fields_cut_to_a_width_in_bytes_are_no_change_of_encoding(drawer):
    rows = "".join(f"{i},2024-01-05,500,東京都#,x\n" for i in range(50))
    content = ("会員番号,注文日,金額,住所,備考\n" + rows).encode("cp932").replace(b"#", b"\x8e")
    table = drawer.table(content)
    assert len(table.grid.damaged) == 50 and table.grid.encoding == "cp932"


def test_a_few_characters_of_another_encoding_do_not_make_the_file_one(drawer):
    content = (JAPANESE * 30).encode() + b"9,2024-03-05,900,Caf\xe9\n"
    table = drawer.table(content)
    assert table.grid.encoding == "utf-8"
    assert table.broken[-1][0] == 91 and table.broken[-1][1].endswith("Caf�")


@pytest.mark.parametrize(
    ("first", "then"),
    [("cp932", "utf-8"), ("utf-8", "cp932"), ("euc_jis_2004", "utf-8"), ("utf-8", "euc_jis_2004")],
)
@pytest.mark.parametrize("rows", [5, 60_000])
def test_a_file_that_changes_its_encoding_is_refused_with_the_row(drawer, first, then, rows):
    text = "会員番号,注文日,金額,商品名\n" + "山田,2024-01-05,500,タオル（青）\n" * rows
    more = "佐藤,2024-02-05,700,タオル（赤）\n" * max(5, rows // 20)
    ((key, values),) = drawer.faults(drawer.put("a.csv", text.encode(first) + more.encode(then)))
    assert (key, values["encoding"]) == ("mixed_encoding", FORMS[first])
    assert values["row"] == rows + 2


def test_latin_text_followed_by_utf_8_is_refused_with_the_row(drawer):
    content = LATIN.encode("cp1252") + LATIN.encode("utf-8")
    values = {"file": "a.csv", "encoding": "cp1252", "row": 5}
    assert drawer.faults(drawer.put("a.csv", content)) == [("mixed_encoding", values)]


def test_half_width_kana_that_could_be_utf_8_are_kana(drawer):
    text = (
        "会員番号,注文日,金額,氏名\n1,2024-01-05,500,山田\n2,2024-01-05,500,ﾃｽ\n3,2024-01-06,6,ﾎｱ\n"
    )
    assert read(drawer.table(text, encoding="cp932")) == rows_of(text)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "utf-16-le"])
def test_a_file_torn_in_the_middle_of_a_character_is_refused(drawer, encoding):
    content = ("会員番号,注文日,金額\n山田,2024-01-05,500\n佐藤".encode(encoding))[:-1]
    assert drawer.faults(drawer.put("a.csv", content)) == [("cut_off", {"file": "a.csv"})]


@pytest.mark.parametrize(
    "content",
    [b"a\0b\0" * 9, b"\xff\xfe\x00\xd8a\0" * 9, "Пётр,Ильич\n".encode("koi8-r"), b"a" * (5 << 20)],
    ids=["wide without a line", "half a pair", "koi8", "no line end"],
)
def test_what_is_in_no_known_encoding_is_refused(drawer, content):
    assert drawer.faults(drawer.put("a.csv", content)) == [("not_text", {"file": "a.csv"})]


@pytest.mark.parametrize(
    "content",
    ["<!DOCTYPE html>\n<html><body>Log in</body>", "\n<html>", "<?xml version='1.0'?><Workbook/>"],
    ids=["page", "html", "xml"],
)
def test_a_web_page_is_no_table(drawer, content):
    assert drawer.faults(drawer.put("a.csv", content)) == [("not_table", {"file": "a.csv"})]


def test_the_sign_of_the_euro_alone_is_read_in_the_code_page_of_windows():
    lines = [f"0{day}.04.2023;10{day};19,44 €\r\n".encode("cp1252") for day in range(1, 10)]
    assert best_encoding(lines) == "cp1252"
    assert best_encoding(["Ämter;Änne\r\n".encode("mac_roman")]) == "mac_roman"
