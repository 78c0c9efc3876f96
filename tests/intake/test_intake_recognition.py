"""Columns recognised by names and content: on invented files, misleading ones and real ones."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest
from odd_files import STYLES, odd_file
from surveyed_shops import amount, customer, date, faults, surveyed_shop, word

from toolkit.intake.columns.opening import look_over
from toolkit.intake.columns.recognition import SURE
from toolkit.intake.columns.survey import survey
from toolkit.intake.tables.files import open_files
from toolkit.settings import Settings

FILES = 30  # of each style
JUDGED = ("date", "customer", "order", "amount", "price", "quantity", "product", "product_name")
KEYS = {"number": "customer", "mail": "mail", "phone": "phone", "name": "name"}


@pytest.fixture(scope="module")
def surveyed():
    """[(file, survey)] of many invented files, as many of each style."""
    files = [odd_file(1000 * k + i, style) for k, style in enumerate(STYLES) for i in range(FILES)]
    return [(f, survey(f.header, Settings(), "f.csv", f.glance())) for f in files]


def wrong(file, found):
    """What was settled otherwise than it is: roles, the key of customers, what the amount is."""
    roles = found.roles.columns
    judged = [role for role in JUDGED if role != "amount" or not file.by_piece]
    faults = [r for r in judged if r in roles and roles[r] != (file.truth.get(r),)]
    if found.roles.keys and "customer" not in faults:
        key = KEYS[found.roles.keys[0].split("_")[0]]
        faults += [] if key in file.truth else [f"key {key}"]
    if not found.faults:
        basis = "price x quantity" if file.by_piece else "total" if file.total else "line"
        same = found.roles.basis == basis or {found.roles.basis, basis} == {"total", "line"}
        faults += [] if same and (basis != "total" or found.roles.basis == "total") else ["basis"]
    return faults


@pytest.mark.parametrize("style", ["known", "odd"])
def test_a_file_with_names_is_read_whatever_the_names(surveyed, style):
    some = [(file, found) for file, found in surveyed if file.style == style]
    assert {tuple(wrong(file, found)) for file, found in some} == {()}
    assert [found.faults for _, found in some if found.faults] == []


@pytest.mark.parametrize("style", ["opaque", "none"])
def test_a_file_without_names_is_mostly_read_and_else_asked_about(surveyed, style):
    some = [(file, found) for file, found in surveyed if file.style == style]
    assert sum(bool(found.faults) for _, found in some) <= 0.2 * len(some)
    assert sum(bool(wrong(file, found)) for file, found in some) <= 0.05 * len(some)


def test_what_is_settled_is_right_and_what_is_not_is_doubtful(surveyed):
    right, all_of = Counter(), Counter()
    for file, found in surveyed:
        for role in JUDGED:
            decision = found.decisions.get(role)
            best = decision.best() if decision is not None else ()
            if best and (role != "amount" or not file.by_piece):
                step = int(best[0].confidence * 5) / 5
                all_of[step] += 1
                right[step] += best[0].columns == (file.truth.get(role),)
    shares = {step: right[step] / n for step, n in sorted(all_of.items()) if n >= 20}
    assert min(share for step, share in shares.items() if step >= SURE) >= 0.97, shares
    assert max(share for step, share in shares.items() if step < 0.4) <= 0.5, shares


def test_every_doubt_is_told_with_the_option_that_ends_it(surveyed):
    asked = [(file, found) for file, found in surveyed if found.faults]
    assert asked
    for file, _ in asked:
        given = {
            f"{role}_column": file.header[file.truth[role]]
            for role in ("customer", "date", "amount", "price", "quantity")
            if role in file.truth
        }
        again = survey(file.header, Settings.checked(given), "f.csv", file.glance())
        assert not again.faults and wrong(file, again) == []


def test_a_date_column_without_dates_is_none():
    roles, _ = surveyed_shop(会員番号=customer, 日付=word(*"月火水木金"), 受付=date, 金額=amount)
    assert roles["date"] == ["受付"]


def test_births_are_no_dates_of_orders():
    def born(order, who, day, draw):
        return dt.date(1940 + who, 3, 4)

    roles, _ = surveyed_shop(member_id=customer, birthday=born, order_day=date, amount=amount)
    assert roles["date"] == ["order_day"]
    roles, _ = surveyed_shop(member_id=customer, date=born, sold=date, amount=amount)
    assert roles["date"] == ["sold"]


def test_a_class_of_customers_is_no_key():
    roles, _ = surveyed_shop(顧客区分=word(*"ABC"), コード=customer, 注文日=date, 金額=amount)
    assert roles["customer"] == ["コード"]
    roles, _ = surveyed_shop(会員=word("会員", "非会員"), 記号=customer, 注文日=date, 金額=amount)
    assert roles["customer"] == ["記号"]


def test_a_customer_number_that_never_changes_loses_to_one_that_does():
    roles, found = surveyed_shop(顧客番号=word("1"), 記号=customer, 注文日=date, 金額=amount)
    assert roles["customer"] == ["記号"]
    roles, found = surveyed_shop(顧客番号=word("1"), 注文日=date, 金額=amount)
    assert roles["customer"] == ["顧客番号"]  # what else
    assert found.decisions["customer"].confidence < 0.9


def test_a_customer_number_that_never_changes_loses_to_a_mail_address():
    def mail(order, who, day, draw):
        return f"a{who}@example.com"

    _, found = surveyed_shop(顧客番号=word("1"), メール=mail, 注文日=date, 金額=amount)
    assert found.roles.keys == ("mail",)


def test_mail_addresses_under_any_name_are_told_as_such():
    def mail(order, who, day, draw):
        return f"a{who}@example.com"

    roles, found = surveyed_shop(customer_id=mail, date=date, amount=amount)
    assert roles["mail"] == ["customer_id"] and found.roles.keys == ("mail",)


def test_a_name_may_be_an_order_number():
    def number(order, who, day, draw):
        return f"#{1001 + order}"

    roles, _ = surveyed_shop(Name=number, Buyer=customer, Created=date, Total=amount)
    assert roles["order"] == ["Name"] and roles["customer"] == ["Buyer"]


def test_an_amount_of_words_is_none():
    roles, _ = surveyed_shop(会員番号=customer, 注文日=date, 金額=word("済", "未"), 代金=amount)
    assert roles["amount"] == ["代金"]


def test_a_status_is_known_by_its_values():
    def state(order, who, day, draw):
        return "キャンセル" if order % 17 == 0 else "完了"

    roles, _ = surveyed_shop(member=customer, date=date, amount=amount, 区分X=state)
    assert roles["status"] == ["区分X"]
    roles, _ = surveyed_shop(member=customer, date=date, amount=amount, 区分X=word("赤", "青"))
    assert "status" not in roles


def test_a_shop_with_many_orders_a_day_is_no_customer():
    def number(order, who, day, draw):
        return 70000 + order

    def place(order, who, day, draw):
        return f"S{order % 3:02d}"

    roles, _ = surveyed_shop(rows=3000, a1=number, a2=place, a3=customer, a4=date, a5=amount)
    assert roles["customer"] == ["a3"] and roles["order"] == ["a1"]


def test_the_name_of_a_customer_loses_to_the_number_that_settles_it():
    def name(order, who, day, draw):
        return f"山田 {'花子' if who % 2 else '太郎'}{who // 4}"

    roles, _ = surveyed_shop(a1=name, a2=customer, a3=date, a4=amount)
    assert roles["customer"] == ["a2"]


def test_both_columns_that_tell_customers_apart_alike_will_do():
    def other(order, who, day, draw):
        return 9000 - who

    roles, found = surveyed_shop(a1=other, a2=customer, a3=date, a4=amount)
    assert roles["customer"] in (["a1"], ["a2"])
    assert found.decisions["customer"].confidence > 0.8


def test_two_dates_that_nothing_tells_apart_are_asked_about():
    def later(order, who, day, draw):
        return day + dt.timedelta(days=3)

    _, found = surveyed_shop(member=customer, ひづけA=date, ひづけB=later, amount=amount)
    assert faults(found) == ["doubtful_date"]


def real(real_data, *path, headed=True, **settings):
    grids = open_files(real_data.joinpath(*path))
    if not headed:  # the same file without its names
        names = tuple(str(i + 1) for i in range(len(grids[0].header)))
        grids = [replace(grids[0], header=names, headed=False)]
    found = look_over(grids, Settings.checked(settings)).survey
    header = grids[0].header if headed else open_files(real_data.joinpath(*path))[0].header
    roles = {role: [header[i] for i in at] for role, at in found.roles.columns.items()}
    return roles, found


CDNOW = ("cdnow", "CDNOW_master.txt")
UCI = ("online_retail_uci", "online_retail_2010_2011.csv.gz")
JOURNEY = ("complete_journey", "transactions.parquet")


@pytest.mark.parametrize("headed", [True, False])
def test_real_files_are_read_with_and_without_their_names(real_data, headed):
    roles, found = real(real_data, *CDNOW, headed=headed)
    assert found.faults == () and found.roles.basis == "line"
    assert (roles["customer"], roles["date"], roles["amount"]) == (
        ["customer_id"],
        ["date"],
        ["dollar_value"],
    )
    roles, found = real(real_data, *UCI, headed=headed)
    assert found.faults == () and found.roles.basis == "price x quantity"
    assert roles == {
        "date": ["InvoiceDate"],
        "order": ["InvoiceNo"],
        "customer": ["CustomerID"],
        "price": ["UnitPrice"],
        "quantity": ["Quantity"],
        "product": ["StockCode"],
        "product_name": ["Description"],
    }


def test_a_real_file_without_a_header_is_read_by_its_content(real_data):
    roles, found = real(real_data, "cdnow", "CDNOW_sample.txt")
    assert not found.faults
    assert (roles["customer"], roles["date"], roles["amount"]) == (["1"], ["3"], ["5"])


def test_what_cannot_be_told_in_a_real_file_without_names_is_asked(real_data):
    _, found = real(real_data, "awesomebook_hotel_jp", "reserve.csv", headed=False)
    assert faults(found) == ["doubtful_customer", "doubtful_date"]  # hotels; stays have three dates
    roles, found = real(real_data, *JOURNEY, headed=False)
    assert faults(found) == ["doubtful_amount"]  # sales or discounts
    assert roles["customer"] == ["household_id"] and roles["order"] == ["basket_id"]


@pytest.mark.parametrize(
    ("file", "date", "amount"),
    [
        ("base_order_header_cp932.csv", "注文日時", "合計金額"),
        ("eccube4_juchu_header_cp932.csv", "受注日", "支払合計"),
        ("rakuten_rms_order_header_cp932.csv", "注文日時", "請求金額"),
        ("shopify_orders_sample.csv", "Created at", "Total"),
        ("square_transactions_sample.csv", "Date", "Net Sales"),
        ("woocommerce_customer_order_export_suite_header.csv", "date", "order_total"),
        ("colorme_order_partial_sample_utf8.csv", "受注日", None),
    ],
)
def test_known_exports_would_be_recognised_without_being_known(
    real_data, monkeypatch, file, date, amount
):
    monkeypatch.setattr("toolkit.intake.columns.survey.recognise_format", lambda header: None)
    roles, found = real(real_data, "export_formats", file)
    assert not found.faults and found.roles.format is None
    assert roles["date"] == [date] and roles.get("amount") == (amount and [amount])


SHOPS = ("店舗コード", "ショップID", "営業所コード", "店番", "store_id", "レジ番号")
WRITTEN = {  # heading -> what a customer is written as
    "顧客CD": "{:05d}",
    "会員番号": "{:05d}",
    "電話番号": "090-1234-{:04d}",
    "氏名": "山田 {}子",
}


@pytest.mark.parametrize("key", WRITTEN)
@pytest.mark.parametrize("place", SHOPS)
def test_a_shop_that_comes_again_is_no_customer(shop, place, key):
    rows = "".join(
        f"{100 + n * 7 % 40:04d},{WRITTEN[key].format(n * 13 % 60 + 1)},2024-{1 + n // 17:02d}-"
        f"{1 + n % 28:02d},{500 + n}\n"
        for n in range(200)
    )
    used = shop.read(f"{place},{key},注文日,金額\n{rows}").source.columns
    assert key in {name for role in ("customer", "phone", "name") for name in used.get(role, ())}


@pytest.mark.parametrize("place", SHOPS)
def test_shops_alone_are_no_customers_either(shop, place):
    rows = "".join(
        f"{100 + n * 7 % 40:04d},2024-{1 + n // 17:02d}-{1 + n % 28:02d},{500 + n}\n"
        for n in range(200)
    )
    faults = shop.faults(f"{place},注文日,金額\n{rows}")
    assert {"doubtful_customer", "no_customer_column"} & faults.keys()


def test_the_last_digits_of_a_card_are_no_customer():
    def last(order, who, day, draw):
        return str(1000 + (order * 7919) % 9000)

    def number(order, who, day, draw):
        return "" if order % 3 == 0 else str(who)

    roles, _ = surveyed_shop(購入日=date, メンバーNo=number, カード番号下4桁=last, 金額=amount)
    assert roles["customer"] == ["メンバーNo"]
    roles, _ = surveyed_shop(購入日=date, カード番号下4桁=last, 金額=amount)
    assert "customer" not in roles


def test_a_masked_number_of_a_card_is_no_customer():
    def masked(order, who, day, draw):
        return f"****-****-****-{1000 + who}"

    roles, _ = surveyed_shop(購入日=date, カード番号=masked, 金額=amount)
    assert "customer" not in roles
