"""Names and addresses: kept only when asked for, beside everything the report is made of."""

import pytest

SALES = "会員番号,注文日,金額\n00123,2024-01-05,100\n00124,2024-06-30,50\n00125,2024-06-30,50\n"
MASTER = (
    "会員番号,姓,名,メールアドレス,電話番号,郵便番号,都道府県,市区町村,番地,建物名,LINEユーザーID\n"
)
LINE = "U" + "0123456789abcdef" * 2
ONE = MASTER + f"00123,山﨑,花子,ａ@x.jp,03-1234-5678,1500001,東京都,渋谷区,1-2,青ビル,{LINE}\n"


@pytest.fixture
def kept(shop):
    """Reads the sales, with a customer master beside them, and gives addresses by customer."""

    def read(master=None, sales=SALES, personal_columns=True):
        given = {} if master is None else {"customer_file": str(shop.path(master, "master.csv"))}
        ledger = shop.read(sales, personal_columns=personal_columns, **given)
        if ledger.addresses is None:
            return None
        rows = ledger.addresses.to_pyarrow().to_pylist()
        return {row.pop("customer_id"): {k: v for k, v in row.items() if v} for row in rows}

    return read


def test_without_the_setting_nothing_personal_is_kept(kept):
    assert kept(ONE, personal_columns=False) is None
    assert kept() is None  # nor where the file has nothing of the kind


def test_a_master_tells_how_to_reach_the_customers_of_the_sales(kept):
    assert kept(ONE + "999,x,y,b@x.jp,,,,,,,\n") == {
        "00123": {
            "name": "山﨑 花子",
            "family_name": "山﨑",
            "given_name": "花子",
            "mail": "a@x.jp",
            "phone": "03-1234-5678",
            "postcode": "150-0001",
            "address": "東京都渋谷区1-2 青ビル",
            "line_user": LINE,
        }
    }


def test_what_an_address_says_twice_is_written_once(kept):
    master = "会員番号,都道府県,市区町村,住所\n00123,東京都,渋谷区,東京都渋谷区神南1-2\n"
    assert kept(master)["00123"]["address"] == "東京都渋谷区神南1-2"
    master = "会員番号,都道府県,住所\n00123,大阪府,堺市1-2\n"
    assert kept(master)["00123"]["address"] == "大阪府堺市1-2"


def test_abroad_the_street_comes_first_and_the_given_name_before_the_family_name(kept):
    sales = SALES.replace("会員番号", "customer_id")
    master = "customer_id,first_name,last_name,address1,address2,city,zip\n"
    master += "00123,Ann,Lee,1 High St,Flat 2,Leeds,LS1 1AA\n"
    assert kept(master, sales)["00123"] == {
        "name": "Ann Lee",
        "family_name": "Lee",
        "given_name": "Ann",
        "postcode": "LS1 1AA",
        "address": "1 High St, Flat 2, Leeds",
    }


def test_what_is_no_mail_address_and_no_number_of_line_is_not_kept(kept):
    master = "会員番号,氏名,メールアドレス,LINE ID\n00123,山田,なし,hanako\n"
    assert kept(master) == {"00123": {"name": "山田"}}


def test_the_sales_tell_the_latest_mail_address_and_the_master_goes_before_them(kept):
    sales = (
        "会員番号,メールアドレス,注文日,金額\n7,new@x.jp,2024-06-05,100\n7,old@x.jp,2024-01-05,9\n"
    )
    sales += "7,,2024-07-05,100\n8,eight@x.jp,2024-07-05,100\n"
    assert kept(sales=sales) == {"7": {"mail": "new@x.jp"}, "8": {"mail": "eight@x.jp"}}
    found = kept("会員番号,メールアドレス,氏名\n7,master@x.jp,山田\n", sales=sales)
    assert found == {"7": {"mail": "master@x.jp", "name": "山田"}, "8": {"mail": "eight@x.jp"}}


def test_a_master_of_addresses_alone_is_enough_only_when_they_are_asked_for(shop):
    path = str(shop.path("会員番号,氏名\n00123,山田\n", "master.csv"))
    assert list(shop.faults(SALES, customer_file=path)) == ["people_nothing"]
    ledger = shop.read(SALES, customer_file=path, personal_columns=True)
    assert ledger.people.count().to_pyarrow().as_py() == 1
    (note,) = [n for n in ledger.notes if n.key == "addresses_kept"]
    assert note.values == {"n": 1}
    assert not any("山田" in str(n.values) for n in ledger.notes)
