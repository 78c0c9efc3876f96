"""Who a customer is: number, mail, telephone, name; dummies are nobody."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.intake.customers.identity import identify, written
from toolkit.intake.tables.coded import Coded


def column(texts):
    coded = pa.array(texts, pa.string()).dictionary_encode()
    return Coded(coded.indices.to_numpy(), coded.dictionary)


def customers(**keys):
    parts = {
        key: [column(texts)] if isinstance(texts[0], str) else [column(each) for each in texts]
        for key, texts in keys.items()
    }
    rows = len(next(iter(parts.values()))[0].codes)
    found = identify(list(keys), parts, rows)
    return found.customer.at(np.arange(rows)).to_pylist(), found


@pytest.mark.parametrize(
    "dummy",
    [
        "",
        "0",
        "000",
        "guest",
        "GUEST",
        "ゲスト",
        "店頭",
        "非会員",
        "一般",
        "-",
        "null",
        "ＧＵＥＳＴ",
    ],
    ids=lambda text: text or "blank",
)
def test_a_dummy_number_is_nobody(dummy):
    assert customers(number=["7", dummy, "00123"])[0] == ["7", "", "00123"]


@pytest.mark.parametrize("dummy", ["000-0000-0000", "0000000000", "11111111111", "123", "なし"])
def test_a_dummy_telephone_number_is_nobody(dummy):
    assert customers(phone=["090-1234-5670", dummy])[0] == ["09012345670", ""]


def test_mail_addresses_are_trimmed_and_lower_cased_and_telephone_numbers_are_digits():
    assert customers(mail=[" Ann@Example.COM", "ann@example.com", "ｂ@x.jp", "none"])[0] == [
        *("ann@example.com", "ann@example.com", "b@x.jp", "")
    ]
    told = ["０９０（1234）5670", "090-1234-5670", "+81 90-1234-5670"]
    assert set(customers(phone=told)[0]) == {"09012345670"}


def test_a_name_counts_with_the_telephone_number_or_the_postcode():
    found, _ = customers(
        name_phone=(["山田 太郎", "山田太郎", "佐藤"], ["03-1234-5678", "", "03-1234-5678"]),
        name_postcode=(["山田 太郎", "山田太郎", "佐藤"], ["123-4567", "1234567", ""]),
    )
    assert found == ["山田 太郎 0312345678", "山田 太郎 1234567", "佐藤 0312345678"]


def test_each_row_is_told_apart_by_the_first_key_it_has():
    found, identity = customers(
        number=["1", "", "0", ""],
        mail=["a@x.jp", "b@x.jp", "", ""],
        phone=["", "", "0312345678", "-"],
    )
    assert found == ["1", "b@x.jp", "0312345678", ""]
    assert dict(identity.counts) == {"number": 1, "mail": 1, "phone": 1}
    assert identity.personal and identity.dummies == 0


def test_a_guest_whose_mail_belongs_to_one_number_is_that_customer():
    found, identity = customers(
        number=["1", "", "2", "3", ""], mail=["a@x.jp", "A@x.jp", "c@x.jp", "c@x.jp", "c@x.jp"]
    )
    assert found == ["1", "1", "2", "3", "c@x.jp"]  # c is shared: nobody's number
    assert identity.linked == 1
    known = identity.named_by("mail", pa.array(["a@x.jp", "c@x.jp", "z@x.jp"]))
    assert known.to_pylist() == ["1", "c@x.jp", "z@x.jp"]


def test_rows_of_dummies_that_no_other_key_tells_apart_are_counted():
    _, identity = customers(number=["0", "guest", "", "0"], mail=["", "a@x.jp", "", ""])
    assert identity.dummies == 2


def test_numbers_alone_are_not_personal():
    found, identity = customers(number=["山田-1", "2"])
    assert found == ["山田-1", "2"] and not identity.personal


def test_a_pair_of_columns_is_blank_where_either_is():
    made, blank = written("name_phone", [column(["A", ""]), column(["0312345678", "0312345678"])])
    assert blank.tolist() == [False, True]
    assert made.texts[int(made.codes[0])].as_py() == "a 0312345678"


def test_a_row_that_lacks_one_of_the_two_columns_of_the_only_key_has_no_customer():
    found, identity = customers(
        name_postcode=(["山田太郎", "佐藤花子", ""], ["1234567", "", "1234567"])
    )
    assert found == ["山田太郎 1234567", "", ""]
    assert dict(identity.counts) == {"name_postcode": 1}


def test_of_numbers_width_makes_no_difference_and_case_does():
    assert customers(number=["ＡＢ１２", "AB12", "ab12"])[0] == ["AB12", "AB12", "ab12"]


def test_a_mail_address_among_the_numbers_is_lower_cased_and_personal():
    found, identity = customers(number=["Ann@X.jp", "ann@x.jp", "AB12"])
    assert found == ["ann@x.jp", "ann@x.jp", "AB12"]
    assert identity.personal


def test_a_telephone_number_among_the_numbers_is_personal():
    assert customers(number=["A-1", "090-1234-5670"])[1].personal
    assert not customers(number=["A-1", "0123456789"])[1].personal


def test_a_telephone_number_that_lost_its_zero_is_the_one_that_has_it():
    found, _ = customers(phone=["9012345670", "090-1234-5670", "7085551234"])
    assert found == ["09012345670", "09012345670", "7085551234"]


def test_names_lose_what_is_said_out_of_politeness():
    told = ["山田 太郎様", "山田太郎さん", "山田太郎　さま", "山田太郎殿", "山田太郎"]
    assert set(customers(name=told)[0]) == {"山田 太郎様"}
    texts = column(["林様", "林", "鵜殿", "鵜", "御中"])
    compared, _ = written("name", [texts])
    assert compared.at(np.arange(5)).to_pylist() == ["林", "林", "鵜殿", "鵜", "御中"]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (["Carolyn McConnell"], "Carolyn McConnell"),
        (["ANN LEE", "ann lee", "Ann Lee", "AnnLee"], "Ann Lee"),  # large and small letters first
        (["ANN LEE", "ann  lee"], "ANN LEE"),
        (["山田太郎", "山田　太郎", "山田 太郎"], "山田 太郎"),
        (["ﾔﾏﾀﾞ ﾀﾛｳ"], "ﾔﾏﾀﾞ ﾀﾛｳ"),
        (["Ａｎｎ　Ｌｅｅ"], "Ａｎｎ　Ｌｅｅ"),
        (["山田 太郎様"], "山田 太郎様"),
        (["Ann \n Lee"], "Ann Lee"),
    ],
)
def test_a_name_is_shown_in_a_form_in_which_it_stands_in_the_file(told, shown):
    assert set(customers(name=told)[0]) == {shown}


def test_a_name_is_shown_with_its_telephone_number_as_digits():
    found, _ = customers(
        name_phone=(["Ann Lee", "ANN LEE", "店頭"], ["03-1234-5678", "0312345678", "0312345678"])
    )
    assert found == ["Ann Lee 0312345678", "Ann Lee 0312345678", ""]


def test_texts_find_the_customer_in_the_form_in_which_it_is_shown():
    _, identity = customers(name=["Ann Lee", "ANN LEE", "Bo"], mail=["", "", "a@x.jp"])
    told = pa.array(["annlee", "bo", "cy"])
    assert identity.named_by("name", told).to_pylist() == ["Ann Lee", "Bo", "cy"]


def test_a_text_of_no_row_is_shown_as_compared():
    texts = column(["Ann Lee", "Bo Ray"])
    found = identify(["name"], {"name": [Coded(texts.codes[:1], texts.texts)]}, 1)
    assert found.customer.texts.to_pylist() == ["Ann Lee", "boray"]


def test_customers_who_would_be_shown_alike_stay_as_compared():
    found, _ = customers(
        number=["Ann 0312345678", ""], name_phone=(["", "Ann"], ["", "03-1234-5678"])
    )
    assert found == ["Ann 0312345678", "ann 0312345678"]


PIECES = st.sampled_from(
    ["a", "A", "ａ", "B", " ", "　", "-", "_", "山", "様", "さん", "殿", "é", "ß"]
)
TEXTS = st.lists(PIECES, max_size=5).map("".join)
ROWS = st.lists(st.tuples(TEXTS, st.sampled_from(["", "1234567", "123-4567", "7"])), min_size=1)


@given(ROWS, st.randoms(use_true_random=False), st.sampled_from(["name", "name_postcode"]))
def test_shown_names_tell_apart_whom_the_compared_ones_do_in_any_order_of_rows(rows, draw, key):
    def shown(some):
        parts = [column([text.strip() for text in each]) for each in zip(*some, strict=True)]
        parts = parts[: 1 + (key != "name")]
        compared, blank = written(key, parts)
        customer = identify([key], {key: parts}, len(some)).customer
        assert (customer.codes == compared.codes).all() and (customer.blank() == blank).all()
        assert len(set(customer.texts.to_pylist())) == len(customer.texts)
        return dict(zip(some, customer.at(np.arange(len(some))).to_pylist(), strict=True))

    told = shown(rows)
    assert shown(draw.sample(rows, len(rows))) == told
    assert shown([*rows, *draw.choices(rows, k=3)]) == told  # nor does it matter how often


@pytest.mark.parametrize(
    "dummy",
    [
        "一見様",
        "ご新規様",
        "レジ客",
        "ビジター",
        "会員外",
        "未入力",
        "無記名",
        "諸口",
        "上様",
        "お客様",
        "ダミー",
        "*",
        "#REF!",
    ]
    + ["#VALUE!", "Cash Sale", "No Name", "Walk-in"],
)
def test_a_word_for_nobody_is_none_as_a_number_and_as_a_name(dummy):
    assert customers(number=[dummy, "12"])[0] == ["", "12"]
    assert customers(name=[dummy, "佐藤 花子"])[0] == ["", "佐藤 花子"]


def test_minus_one_is_nobody_and_one_is_somebody():
    assert customers(number=["-1", "1", "-12"])[0] == ["", "1", "-12"]


@pytest.mark.parametrize(
    "dummy", ["090-0000-0000", "03-0000-0000", "0120-000-000", "090-9999-9999", "09012345678"]
)
def test_a_telephone_number_that_only_fills_the_field_is_nobodys(dummy):
    real = ["090-1000-0000", "03-6600-0000", "06-6000-0000", "080-1112-3456"]
    bare = [each.replace("-", "") for each in real]
    assert customers(phone=[dummy, *real])[0] == ["", *bare]


@pytest.mark.parametrize(
    "dummy", ["test@example.com", "none@none.com", "a@a.a", "guest@shop.jp", "xxx@xxx.xx"]
)
def test_a_mail_address_that_only_fills_the_field_is_nobodys(dummy):
    real = ["a@shop.jp", "contest@example.jp", "info@company.jp"]
    assert customers(mail=[dummy, *real])[0] == ["", *real]
    assert customers(number=[dummy, *real])[0] == ["", *real]


def test_a_surname_is_no_word_for_nobody():
    assert customers(name=["上", "上 太郎"])[0] == ["上", "上 太郎"]


def test_a_number_and_a_name_in_one_cell_are_the_number():
    cells = [
        "1001 佐藤 花子",
        "1001：佐藤花子様",
        "1002 鈴木 太郎",
        "1003高橋 恵",
        "1002：鈴木太郎",
    ]
    found, identity = customers(number=cells)
    assert found == ["1001", "1001", "1002", "1003", "1002"]
    assert identity.named_by("number", pa.array(["1003 高橋 恵", "1004"])).to_pylist() == [
        "1003",
        "1004",
    ]


def test_a_number_with_several_names_stays_with_them():
    cells = ["1 佐藤", "1 鈴木", "1 高橋", "2 佐藤", "2：佐藤"]
    assert customers(number=cells)[0] == ["1 佐藤", "1 鈴木", "1 高橋", "2 佐藤", "2:佐藤"]


def test_only_keys_that_a_row_goes_by_are_told(shop):
    text = "会員番号,電話番号,注文日,金額\nM1,03-1234-5678,2024-01-05,5\n,0312345678,2024-01-06,6\n"
    assert shop.read(text).source.keys == ("会員番号",)  # the second row is M1's by its telephone
    text += ",090-1111-2233,2024-01-07,7\n"
    assert shop.read(text).source.keys == ("会員番号", "電話番号")
