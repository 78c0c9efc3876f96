"""Customer numbers that a spreadsheet has rounded."""

HEAD = "会員番号,注文日,金額\n"
MANY = "".join(f"{1000 + i},2024-01-05,{500 + i}\n" for i in range(200))


def test_rounded_numbers_stop_the_run_and_are_told_where_they_stand(shop):
    text = HEAD + "1.23E+11,2024-01-05,500\n1.23E+11,2024-01-06,700\n4.56E+11,2024-01-07,900\n"
    assert shop.faults(text)["mangled_numbers"] == {
        "file": "sales.csv",
        "column": "会員番号",
        "row": 2,
        "value": "1.23E+11",
        "n": 3,
        "all": 3,
    }


def test_a_column_of_them_is_still_recognised(shop):
    rows = (f"{1 + i % 3}.2{i % 5}E+11,2024-0{1 + i % 6}-10,{500 + 7 * i}\n" for i in range(40))
    assert list(shop.faults(HEAD + "".join(rows))) == ["mangled_numbers"]


def test_up_to_one_in_a_hundred_is_told_and_is_nobody(shop):
    text = HEAD + MANY + "1.23E+11,2024-01-06,5\n1.23E+11,2024-01-07,5\n"
    ledger = shop.read(text)
    assert ledger.source.set_aside == {"no_customer": 2}
    notes = {note.key: dict(note.values) for note in ledger.notes}
    assert notes["mangled_numbers"] | {"file": ""} == {
        **{"n": 2, "all": 202, "row": 202, "lost": 2, "file": ""},
        **{"column": "会員番号", "value": "1.23E+11"},
    }
    assert "dummies" not in notes


def test_another_key_of_the_row_tells_who_it_is(shop):
    text = (
        "会員番号,メールアドレス,注文日,金額\n1.23E+11,a@x.jp,2024-01-05,5\n7,b@x.jp,2024-01-06,5\n"
    )
    ledger = shop.read(text)
    assert ledger.orders.order_by("date").customer_id.to_pyarrow().to_pylist() == ["a@x.jp", "7"]
    assert {n.key: n.values for n in ledger.notes}["mangled_numbers"]["lost"] == 0


def test_a_rounded_telephone_number_is_none(shop):
    text = "電話番号,注文日,金額\n8.19012345670E+11,2024-01-05,5\n090-1234-5670,2024-01-06,5\n"
    assert shop.faults(text)["mangled_numbers"]["value"] == "8.19012345670E+11"


def test_codes_with_an_e_are_numbers_as_any(shop):
    text = HEAD + "1E10,2024-01-05,500\n2E+5,2024-01-06,700\n"
    assert [order["customer_id"] for order in shop.orders(text)] == ["1E10", "2E+5"]
