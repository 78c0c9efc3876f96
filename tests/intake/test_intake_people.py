"""The customer master, read beside the sales."""

import datetime as dt

import pytest

SALES = "会員番号,注文日,金額\n00123,2024-01-05,100\n00124,2024-06-30,50\n00125,2024-06-30,50\n"
MASTER = "会員番号,氏名,性別,生年月日,住所\n"
ONE = MASTER + "00123,山田 太郎,男,1985-03-04,東京都港区\n"


@pytest.fixture
def beside(shop):
    """Reads the sales with a customer master beside them."""

    def read(content, sales=SALES, encoding="utf-8", **settings):
        path = shop.path(content, "master.csv", encoding)
        return shop.read(sales, customer_file=str(path), **settings)

    return read


@pytest.fixture
def fault(shop):
    def read(content, sales=SALES):
        return shop.faults(sales, customer_file=str(shop.path(content, "master.csv")))

    return read


def rows(ledger):
    return [tuple(row.values()) for row in ledger.people.to_pyarrow().to_pylist()]


def notes(ledger):
    return {n.key: dict(n.values) for n in ledger.notes if n.key.startswith("people")}


def test_without_a_master_there_is_no_table(shop):
    assert shop.read(SALES).people is None


def test_a_master_in_shift_jis_is_read_and_names_are_not_looked_at(beside):
    ledger = beside(ONE, encoding="cp932")
    assert ledger.people.columns == ("customer_id", "gender", "birth_date", "area")
    assert rows(ledger) == [("00123", "male", dt.date(1985, 3, 4), "東京都")]
    assert notes(ledger)["people_read"] == {
        "file": "master.csv",
        "n": 1,
        "columns": "会員番号, 性別, 生年月日, 住所",
    }
    assert not any("山田" in str(note.values) for note in ledger.notes)


def test_what_is_absent_is_blank(beside):
    assert rows(beside("会員番号,性別\n00124,女\n")) == [("00124", "female", None, "")]


@pytest.mark.parametrize(
    ("head", "text", "area"),
    [("都道府県", "東京", "東京都"), ("エリア", "関東", "関東"), ("city", "Ｌeeds", "Leeds")],
)
def test_an_area_is_a_prefecture_or_as_written(beside, head, text, area):
    assert rows(beside(f"会員番号,{head}\n00124,{text}\n")) == [("00124", "", None, area)]


def test_a_prefecture_goes_before_an_address_and_a_city(beside):
    master = "会員番号,住所,市区町村,都道府県\n00124,大阪府堺市,港区,東京都\n"
    assert rows(beside(master))[0][3] == "東京都"


def test_keys_are_compared_as_those_of_the_sales(beside):
    sales = "メールアドレス,注文日,金額\nann@x.jp,2024-01-05,100\n"
    ledger = beside("性別,email\n女, Ann@X.jp\n", sales=sales)
    assert rows(ledger) == [("ann@x.jp", "female", None, "")]


def test_names_meet_however_they_are_written_and_are_told_as_in_the_sales(beside):
    sales = "customer_id,date,amount\nCarolyn McConnell,2024-01-05,100\nDee Orr,2024-06-30,50\n"
    ledger = beside("customer_id,gender\nCAROLYN  MCCONNELL,f\ndee-orr,f\n", sales=sales)
    assert [row[0] for row in rows(ledger)] == ["Carolyn McConnell", "Dee Orr"]
    assert notes(ledger).keys() == {"people_read"}


def test_a_mail_address_finds_the_number_it_belongs_to(beside):
    sales = "会員番号,メールアドレス,注文日,金額\n7,ann@x.jp,2024-01-05,100\n"
    assert rows(beside("メールアドレス,性別\nann@x.jp,女\n", sales=sales))[0][0] == "7"


def test_of_several_rows_of_a_customer_the_last_counts(beside):
    ledger = beside(ONE + "00124,x,女,,\n00123,x,女,,\n")
    assert [row[:2] for row in rows(ledger)] == [("00124", "female"), ("00123", "female")]
    assert notes(ledger)["people_again"] == {"n": 1, "row": 2}


def test_who_is_here_or_there_alone_is_counted_and_no_customer(beside):
    ledger = beside(ONE + "999,x,女,,\n")
    assert rows(ledger) == [("00123", "male", dt.date(1985, 3, 4), "東京都")]
    told = notes(ledger)
    assert told["people_unknown"] == {"n": 1, "all": 2, "row": 3}
    assert told["people_missing"] == {"n": 2, "all": 3}
    assert ledger.orders.customer_id.nunique().to_pyarrow().as_py() == 3


def test_a_master_that_nobody_bought_from_is_told(beside):
    assert notes(beside(MASTER + "X1,x,女,,\n"))["people_unmatched"] == {"column": "会員番号"}


def test_lost_zeros_are_told_with_the_number_that_would_match(beside):
    ledger = beside(MASTER + "123,x,女,,\n00124,x,女,,\n")
    assert [row[0] for row in rows(ledger)] == ["00124"]
    assert notes(ledger)["people_zeros"] == {"n": 1, "row": 2, "own": "123", "sales": "00123"}


def test_a_master_that_has_lost_all_zeros_is_read_with_them(beside):
    ledger = beside(MASTER + "123,x,女,,\n124,x,女,,\n")
    assert [row[0] for row in rows(ledger)] == ["00123", "00124"]
    told = {note.key: dict(note.values) for note in ledger.notes}
    assert told["companion_zeros"] == {"file": "master.csv", "n": 2, "row": 2}
    assert "people_zeros" not in told


def test_zeros_that_only_the_master_has_are_told_too(beside):
    told = notes(beside(MASTER + "007,x,女,,\n", sales="会員番号,注文日,金額\n7,2024-01-05,5\n"))
    assert told["people_zeros"] == {"n": 1, "row": 2, "own": "007", "sales": "7"}


def test_telephone_numbers_that_lost_a_zero_are_told_by_their_row(beside):
    sales = "電話番号,注文日,金額\n090-1234-5670,2024-01-05,5\n"
    told = notes(beside("電話番号,性別\n9012345670,女\n", sales=sales))
    assert told["people_zeros_row"] == {"n": 1, "row": 2}


def test_birthdays_and_genders_that_cannot_be_read_are_told_by_their_rows(beside):
    text = "00123,x,7,1800-01-01,\n00124,x,女,soon,\n00125,x,女,1900-01-01,大阪市\n"
    ledger = beside(MASTER + text)
    assert [row[2] for row in rows(ledger)] == [None, None, None]
    told = notes(ledger)
    assert told["people_births"] == {"n": 2, "rows": "2, 3"}
    assert told["people_births_dummy"] == {"n": 1, "rows": "4"}
    assert told["people_genders"] == {"n": 1, "rows": "2"}
    assert told["people_areas"] == {"n": 1, "rows": "4"}


def test_rows_without_a_customer_are_left_out(beside):
    ledger = beside(ONE + ",x,女,,\n店頭,x,女,,\n")
    assert len(rows(ledger)) == 1
    assert notes(ledger)["people_left_out"] == {"n": 2, "row": 3}


def test_birthdays_that_could_be_read_two_ways_are_told(fault):
    told = fault("会員番号,誕生日\n00123,5/6/1980\n")["ambiguous_dates"]
    assert (told["file"], told["column"], told["row"]) == ("master.csv", "誕生日", 2)


def test_a_missing_file_is_told_with_its_option(shop):
    values = shop.faults(SALES, customer_file="no/such.csv")["companion_missing"]
    assert values == {"file": "no/such.csv", "option": "--customer-file"}


def test_missing_columns_are_told_at_once(fault):
    told = fault("who,shoe size\n1,43\n")
    assert list(told) == ["companion_no_customer", "people_nothing"]
    assert told["people_nothing"] == {"file": "master.csv", "columns": "who, shoe size"}
