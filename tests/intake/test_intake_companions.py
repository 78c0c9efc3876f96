"""The contact log and the prospect list, read beside the sales."""

import datetime as dt
import hashlib

import pytest

SALES = "customer_id,date,amount\n007,2024-01-05,100\n8,2024-06-30,50\n"
CONTACTS = "customer_id,contact_date,channel\n"
PROSPECTS = "customer_id,registered_at,source\n"


@pytest.fixture
def beside(shop):
    """Reads the sales with a companion file beside them: `beside("contacts", text)`."""

    def read(kind, content, sales=SALES, name=None, encoding="utf-8", **settings):
        path = shop.path(content, name or f"{kind}.csv", encoding)
        return shop.read(sales, **{f"{kind}_file": str(path)}, **settings)

    return read


@pytest.fixture
def fault(shop):
    def read(kind, content, sales=SALES, **settings):
        path = shop.path(content, f"{kind}.csv")
        return shop.faults(sales, **{f"{kind}_file": str(path)}, **settings)

    return read


def rows(table):
    return table.to_pyarrow().to_pylist()


def notes(ledger):
    return {note.key: dict(note.values) for note in ledger.notes}


def test_without_such_files_there_are_no_such_tables(shop):
    ledger = shop.read(SALES)
    assert ledger.contacts is None and ledger.prospects is None


def test_the_files_read_beside_the_sales_are_recorded_with_their_hashes(shop):
    texts = {
        "lines": "order_id,product,quantity\nA1,T,2\nA1,K,1\n",
        "prospects": PROSPECTS + "9,2024-01-01,web\n",
        "contacts": CONTACTS + "007,2024-03-01,mail\n8,2024-03-02,mail\n",
        "customer": "customer_id,gender\n007,female\n",
    }
    files = {
        f"{kind}_file": str(shop.path(text, f"{kind}.csv", "utf-8")) for kind, text in texts.items()
    }
    sales = "order_id,customer_id,date,amount\nA1,007,2024-01-05,100\nA2,8,2024-06-30,50\n"
    source = shop.read(sales, **files).source
    assert [(each.name, each.rows_read) for each in source.beside] == [
        ("lines.csv", 2),
        ("prospects.csv", 1),
        ("contacts.csv", 2),
        ("customer.csv", 1),
    ]
    assert [each.sha256 for each in source.beside] == [
        hashlib.sha256(text.encode()).hexdigest() for text in texts.values()
    ]
    assert len(source.files) == 1 and shop.read(sales).source.beside == ()


def test_a_contact_log_in_japanese_and_shift_jis_is_read(beside):
    text = "対応日,会員ID,手段,種別,施策,グループ,離脱理由,備考\n"
    text += "2024/2/1 10:30,007,電話,お礼,春,A,引っ越し,x\n"
    ledger = beside(
        "contacts", text, encoding="cp932", sales=SALES.replace("customer_id", "会員ID")
    )
    assert rows(ledger.contacts) == [
        {
            "customer_id": "007",
            "date": dt.date(2024, 2, 1),
            "channel": "電話",
            "kind": "お礼",
            "campaign": "春",
            "group": "A",
            "reason": "引っ越し",
        }
    ]
    assert notes(ledger)["contacts_read"] == {
        "file": "contacts.csv",
        "n": 1,
        "columns": "会員ID, 対応日, 手段, 種別, 施策, グループ, 離脱理由",
    }


def test_columns_that_are_absent_are_blank(beside):
    (contact,) = rows(beside("contacts", "customer_id,date\n8,2024-05-01\n").contacts)
    assert contact == {
        "customer_id": "8",
        "date": dt.date(2024, 5, 1),
        **dict.fromkeys(("channel", "kind", "campaign", "group", "reason"), ""),
    }


def test_a_prospect_list_is_read_with_its_source(beside):
    ledger = beside("prospects", PROSPECTS + "9,2024-05-01,見本市\n007,2024-01-01,\n")
    assert [tuple(row.values()) for row in rows(ledger.prospects)] == [
        ("9", dt.date(2024, 5, 1), "見本市"),
        ("007", dt.date(2024, 1, 1), ""),
    ]
    assert "prospects_unmatched" not in notes(ledger)


def test_prospects_are_no_customers(beside):
    ledger = beside("prospects", PROSPECTS + "9,2024-05-01,fair\n")
    assert sorted(ledger.orders.customer_id.to_pyarrow().to_pylist()) == ["007", "8"]
    assert ledger.source.rows_read == 2


def test_a_list_that_nobody_bought_from_is_told(beside):
    note = notes(beside("prospects", PROSPECTS + "7,2024-05-01,fair\n"))["prospects_unmatched"]
    assert note == {"column": "customer_id"}


def test_contacts_with_nobody_known_are_kept_and_counted(beside, shop):
    prospects = shop.path(PROSPECTS + "9,2024-05-01,fair\n", "p.csv")
    text = CONTACTS + "7,2024-05-01,mail\n7,2024-05-02,mail\n9,2024-05-01,call\n8,2024-05-01,call\n"
    ledger = beside("contacts", text, prospects_file=str(prospects))
    assert len(rows(ledger.contacts)) == 4
    note = notes(ledger)["contacts_unknown"]
    assert note == {"n": 2, "all": 4, "customers": 1, "row": 2, "column": "customer_id"}


def test_what_is_later_than_the_closing_date_is_left_out_and_counted(beside):
    text = CONTACTS + "8,2024-06-30,mail\n8,2024-07-01,mail\n"
    ledger = beside("contacts", text)
    assert [row["date"] for row in rows(ledger.contacts)] == [dt.date(2024, 6, 30)]
    assert notes(ledger)["contacts_after"] == {"n": 1, "closing": dt.date(2024, 6, 30)}
    early = beside("prospects", PROSPECTS + "8,2024-02-01,x\n", closing_date="2024-01-31")
    assert rows(early.prospects) == []


def test_rows_without_a_customer_or_a_date_are_left_out_and_counted(beside):
    text = CONTACTS + "8,2024-05-01,mail\n8,soon,mail\n,2024-05-01,mail\n8,2024-05-03,mail\n"
    text += "8,2024-05-04,mail,too,much\n"
    ledger = beside("contacts", text)
    assert len(rows(ledger.contacts)) == 2
    assert notes(ledger)["contacts_left_out"] == {"n": 3, "row": 3}


def test_a_log_with_its_heading_only_is_an_empty_table(beside):
    ledger = beside("contacts", CONTACTS)
    assert rows(ledger.contacts) == []
    assert notes(ledger)["contacts_read"]["n"] == 0


def test_numbers_through_a_column_of_fractions_still_meet(beside):
    ledger = beside("contacts", CONTACTS + "8.0,2024-05-01,mail\n")
    assert rows(ledger.contacts)[0]["customer_id"] == "8"


def test_the_column_named_as_in_the_sales_wins(beside):
    sales = "no,member_id,date,amount\n1,x,2024-05-01,5\n"
    text = "member_id,no,date\nx,1,2024-04-01\n"
    ledger = beside("contacts", text, sales=sales, customer_column="no")
    assert rows(ledger.contacts)[0]["customer_id"] == "1"


def test_a_mail_address_never_stands_for_a_customer_number(fault, beside):
    text = "メールアドレス,date\na@example.com,2024-05-01\n"
    assert "companion_no_customer" in fault("contacts", text)
    sales = "email,date,amount\na@example.com,2024-05-01,5\n"
    assert rows(beside("contacts", text, sales=sales).contacts)[0]["customer_id"] == "a@example.com"


@pytest.mark.parametrize("kind", ["contacts", "prospects"])
def test_the_columns_are_recognised_by_what_stands_in_them(beside, kind):
    sales = "電話番号,注文日,金額\n090-1112-3456,2024-05-01,5\n03-3211-4567,2024-06-01,6\n"
    text = "送信日,電話,備考\n2024/4/1,09011123456,x\n2024/4/2,03-3211-4567,y\n"
    found = rows(getattr(beside(kind, text, sales=sales), kind))
    assert [(each["customer_id"], str(each["date"])) for each in found] == [
        ("09011123456", "2024-04-01"),
        ("0332114567", "2024-04-02"),
    ]


def test_a_column_of_births_is_no_date_of_becoming_a_prospect(fault):
    births = [f"{n},19{40 + n}-05-01\n" for n in range(50)]
    told = fault("prospects", "customer_id,生年月日\n" + "".join(births))
    assert list(told) == ["prospects_no_date"]


@pytest.mark.parametrize("kind", ["contacts", "prospects"])
def test_a_missing_file_is_told_with_its_option(shop, kind):
    values = shop.faults(SALES, **{f"{kind}_file": "no/such.csv"})["companion_missing"]
    assert values == {"file": "no/such.csv", "option": f"--{kind}-file"}


@pytest.mark.parametrize("kind", ["contacts", "prospects"])
def test_missing_columns_are_told_at_once(fault, kind):
    told = fault(kind, "who,what\n8,spring\n")
    assert list(told) == ["companion_no_customer", f"{kind}_no_date"]
    assert told["companion_no_customer"] == {
        "file": f"{kind}.csv",
        "columns": "who, what",
        "column": "customer_id",
    }


def test_a_mostly_unreadable_log_is_told_with_its_first_row(fault):
    text = CONTACTS + "8,2024-05-01,mail\n8,spring,mail\n8,,mail\n"
    assert fault("contacts", text)["companion_unreadable"] == {
        "file": "contacts.csv",
        "n": 3,
        "bad": 2,
        "row": 3,
        "customer": "customer_id",
        "date": "contact_date",
        "value": "spring",
    }


def test_dates_that_could_be_read_two_ways_are_told(fault):
    told = fault("contacts", CONTACTS + "8,5/6/2024,mail\n")
    assert told["ambiguous_dates"]["file"] == "contacts.csv"


NAMED = (
    "customer_id,date,amount\nCarolyn McConnell,2024-01-05,100\nDee Orr,2024-06-30,50\n"
    "carolyn mcconnell,2024-02-05,100\n"
)


def test_names_meet_however_they_are_written_and_are_told_as_in_the_sales(beside, shop):
    people = shop.path(
        "customer_id,registered_at\nnoAH  poe,2024-01-01\ndee orr,2024-01-01\n", "p.csv"
    )
    text = CONTACTS + "CAROLYN  MCCONNELL,2024-02-01,mail\nNoah Poe,2024-02-01,mail\n"
    ledger = beside("contacts", text, sales=NAMED, prospects_file=str(people))
    assert [row["customer_id"] for row in rows(ledger.contacts)] == ["Carolyn McConnell", "noahpoe"]
    assert [row["customer_id"] for row in rows(ledger.prospects)] == ["noahpoe", "Dee Orr"]
    assert "contacts_unknown" not in notes(ledger)


def test_customers_left_out_by_name_are_unknown_to_the_sales(beside):
    text = CONTACTS + "CAROLYN  MCCONNELL,2024-02-01,mail\nDee Orr,2024-02-01,mail\n"
    ledger = beside("contacts", text, sales=NAMED, exclude_customers="Carolyn McConnell")
    assert notes(ledger)["contacts_unknown"]["n"] == 1


SAID = "customer_id,contact_date,kind,reason\n"


def test_who_says_no_is_kept_apart_whatever_the_date(beside):
    text = SAID + "8,2024-05-01,letter,\n8,,STOP,\n007,2024-07-01,call,もう送らないで\n"
    text += (
        "007,2024-05-01,配信停止,\n8,2024-05-02,問い合わせ,\n8,2024-07-02,問い合わせ,\n8,,mail,\n"
    )
    text += "8,2024-05-03,苦情なし,\n,,STOP,\n"
    ledger = beside("contacts", text)
    made = [(row["date"].day, row["kind"]) for row in rows(ledger.contacts)]
    assert made == [(1, "letter"), (3, "苦情なし")]
    told = [(row["customer_id"], row["date"], row["kind"]) for row in rows(ledger.incoming)]
    assert told == [
        ("8", None, "STOP"),
        ("007", dt.date(2024, 7, 1), "call"),
        ("007", dt.date(2024, 5, 1), "配信停止"),
        ("8", dt.date(2024, 5, 2), "問い合わせ"),
    ]
    found = notes(ledger)
    assert found["contacts_no"] == {"n": 2, "closing": dt.date(2024, 6, 30)}
    assert found["contacts_left_out"] == {"n": 2, "row": 8}
    assert found["contacts_after"]["n"] == 1 and found["contacts_read"]["n"] == 6


def test_a_log_of_opt_outs_without_dates_is_no_unreadable_file(beside):
    ledger = beside("contacts", SAID + "8,,opted out,\n007,,拒否,\n")
    assert rows(ledger.contacts) == [] and len(rows(ledger.incoming)) == 2


PADDED = "customer_id,date,amount\n00007,2024-01-05,100\n00022,2024-06-30,50\n12345,2024-06-30,5\n"


def test_numbers_without_their_zeros_are_read_with_them(beside):
    ledger = beside("contacts", CONTACTS + "22,2024-03-01,mail\n99,2024-03-02,mail\n", PADDED)
    assert [row["customer_id"] for row in rows(ledger.contacts)] == ["00022", "00099"]
    told = notes(ledger)
    assert told["companion_zeros"] == {"file": "contacts.csv", "n": 2, "row": 2}
    assert told["contacts_unknown"]["n"] == 1
    ledger = beside("prospects", PROSPECTS + "22,2024-03-01,web\n", PADDED)
    assert [row["customer_id"] for row in rows(ledger.prospects)] == ["00022"]


@pytest.mark.parametrize(
    ("sales", "log"),
    [
        (PADDED + "22,2024-06-30,50\n", "7"),  # 22 may be another than 00022
        (PADDED + "0022,2024-06-30,50\n", "7"),  # of which length would it be
        (PADDED, "22\n00007"),  # the log has its zeros
        (PADDED, "99"),  # in no way in the sales
        (PADDED.replace("00007", "007"), "22"),
        (PADDED, "A22"),
    ],
    ids=["short number", "two lengths", "zeros kept", "unknown", "shorter", "letters"],
)
def test_numbers_that_may_be_whole_stay_as_written(beside, sales, log):
    lines = "".join(f"{number},2024-03-01,mail\n" for number in log.split("\n"))
    ledger = beside("contacts", CONTACTS + lines, sales)
    assert [row["customer_id"] for row in rows(ledger.contacts)] == log.split("\n")
    assert "companion_zeros" not in notes(ledger)
