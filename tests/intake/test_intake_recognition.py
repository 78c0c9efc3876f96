"""Columns recognised by names and content: on invented files, misleading ones and real ones."""

import datetime as dt
import random
from collections import Counter
from dataclasses import replace

import pytest
from odd_files import STYLES, glance, odd_file

from toolkit.intake.columns.opening import look_over
from toolkit.intake.columns.recognition import SURE
from toolkit.intake.columns.survey import survey
from toolkit.intake.tables.files import open_files
from toolkit.problems import InputProblem
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


def shop(rows=300, **columns):
    """A survey of a file with these columns, each a function of row, customer, day and draw."""
    draw, header = random.Random(7), tuple(columns)
    cells = []
    for i in range(rows):
        order = i // 2
        who = random.Random(order).randrange(60)
        day = dt.date(2023, 1, 1) + dt.timedelta(days=order * 700 // rows)
        cells.append([str(make(order, who, day, draw)) for make in columns.values()])
    found = survey(header, Settings(), "f.csv", glance(list(zip(*cells, strict=True))))
    roles = {role: [header[i] for i in at] for role, at in found.roles.columns.items()}
    return roles, found


def customer(order, who, day, draw):
    return f"K{who:04d}"


def date(order, who, day, draw):
    return day


def amount(order, who, day, draw):
    return draw.randrange(300, 9000, 10)


def word(*words):
    return lambda order, who, day, draw: draw.choice(words)


def faults(found):
    return [key for key, _ in found.faults]


def test_a_date_column_without_dates_is_none():
    roles, _ = shop(会員番号=customer, 日付=word(*"月火水木金"), 受付=date, 金額=amount)
    assert roles["date"] == ["受付"]


def test_births_are_no_dates_of_orders():
    def born(order, who, day, draw):
        return dt.date(1940 + who, 3, 4)

    roles, _ = shop(member_id=customer, birthday=born, order_day=date, amount=amount)
    assert roles["date"] == ["order_day"]
    roles, _ = shop(member_id=customer, date=born, sold=date, amount=amount)
    assert roles["date"] == ["sold"]


def test_a_class_of_customers_is_no_key():
    roles, _ = shop(顧客区分=word(*"ABC"), コード=customer, 注文日=date, 金額=amount)
    assert roles["customer"] == ["コード"]
    roles, _ = shop(会員=word("会員", "非会員"), 記号=customer, 注文日=date, 金額=amount)
    assert roles["customer"] == ["記号"]


def test_a_customer_number_that_never_changes_loses_to_one_that_does():
    roles, found = shop(顧客番号=word("1"), 記号=customer, 注文日=date, 金額=amount)
    assert roles["customer"] == ["記号"]
    roles, found = shop(顧客番号=word("1"), 注文日=date, 金額=amount)
    assert roles["customer"] == ["顧客番号"]  # what else
    assert found.decisions["customer"].confidence < 0.9


def test_a_customer_number_that_never_changes_loses_to_a_mail_address():
    def mail(order, who, day, draw):
        return f"a{who}@example.com"

    _, found = shop(顧客番号=word("1"), メール=mail, 注文日=date, 金額=amount)
    assert found.roles.keys == ("mail",)


def test_mail_addresses_under_any_name_are_told_as_such():
    def mail(order, who, day, draw):
        return f"a{who}@example.com"

    roles, found = shop(customer_id=mail, date=date, amount=amount)
    assert roles["mail"] == ["customer_id"] and found.roles.keys == ("mail",)


def test_a_name_may_be_an_order_number():
    def number(order, who, day, draw):
        return f"#{1001 + order}"

    roles, _ = shop(Name=number, Buyer=customer, Created=date, Total=amount)
    assert roles["order"] == ["Name"] and roles["customer"] == ["Buyer"]


def test_an_amount_of_words_is_none():
    roles, _ = shop(会員番号=customer, 注文日=date, 金額=word("済", "未"), 代金=amount)
    assert roles["amount"] == ["代金"]


def test_an_amount_that_stands_on_every_row_of_an_order_is_its_total():
    def number(order, who, day, draw):
        return 5000 + order

    def once(order, who, day, draw):
        return 500 + order * 37 % 900

    columns = {"order_id": number, "customer_id": customer, "date": date}
    _, found = shop(**columns, amount=once)
    assert found.roles.basis == "total" and "shipping" not in found.roles.columns
    _, found = shop(**columns, amount=amount)
    assert found.roles.basis == "line"
    _, found = shop(**columns, amount=word("500"))
    assert found.roles.basis == "line"  # everything costs the same: nothing follows from it


def priced(grows, name="v"):
    def pieces(order, who, day, draw):
        return draw.choice((1, 1, 2, 3))

    state = {}

    def count(*row):
        state["n"] = pieces(*row)
        return state["n"]

    def money(order, who, day, draw):
        return draw.randrange(300, 900, 10) * (state["n"] if grows else 1)

    return shop(member=customer, date=date, qty=count, **{name: money})


def test_money_that_does_not_grow_with_the_quantity_is_a_price():
    assert priced(grows=True)[1].roles.basis == "line"
    roles, found = priced(grows=False)
    assert (found.roles.basis, roles["price"], roles["quantity"]) == (
        "price x quantity",
        ["v"],
        ["qty"],
    )


def test_money_called_an_amount_that_does_not_grow_with_the_quantity_is_asked_about():
    _, found = priced(grows=False, name="sold amt")
    assert faults(found) == ["doubtful_price"]
    assert found.faults[0][1]["option"] == '"sold amt"'


def test_of_price_and_amount_the_amount_is_price_times_quantity():
    row = {}

    def price(order, who, day, draw):
        row["price"], row["n"] = draw.randrange(300, 900, 10), draw.choice((1, 1, 2, 3))
        return row["price"]

    roles, found = shop(
        a=customer, b=date, c=price, d=lambda *_: row["n"], e=lambda *_: row["price"] * row["n"]
    )
    assert found.roles.basis == "line" and roles["amount"] == ["e"]


def test_a_status_is_known_by_its_values():
    def state(order, who, day, draw):
        return "キャンセル" if order % 17 == 0 else "完了"

    roles, _ = shop(member=customer, date=date, amount=amount, 区分X=state)
    assert roles["status"] == ["区分X"]
    roles, _ = shop(member=customer, date=date, amount=amount, 区分X=word("赤", "青"))
    assert "status" not in roles


def test_a_shop_with_many_orders_a_day_is_no_customer():
    def number(order, who, day, draw):
        return 70000 + order

    def place(order, who, day, draw):
        return f"S{order % 3:02d}"

    roles, _ = shop(rows=3000, a1=number, a2=place, a3=customer, a4=date, a5=amount)
    assert roles["customer"] == ["a3"] and roles["order"] == ["a1"]


def test_the_name_of_a_customer_loses_to_the_number_that_settles_it():
    def name(order, who, day, draw):
        return f"山田 {'花子' if who % 2 else '太郎'}{who // 4}"

    roles, _ = shop(a1=name, a2=customer, a3=date, a4=amount)
    assert roles["customer"] == ["a2"]


def test_both_columns_that_tell_customers_apart_alike_will_do():
    def other(order, who, day, draw):
        return 9000 - who

    roles, found = shop(a1=other, a2=customer, a3=date, a4=amount)
    assert roles["customer"] in (["a1"], ["a2"])
    assert found.decisions["customer"].confidence > 0.8


def test_two_dates_that_nothing_tells_apart_are_asked_about():
    def later(order, who, day, draw):
        return day + dt.timedelta(days=3)

    _, found = shop(member=customer, ひづけA=date, ひづけB=later, amount=amount)
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

    roles, _ = shop(購入日=date, メンバーNo=number, カード番号下4桁=last, 金額=amount)
    assert roles["customer"] == ["メンバーNo"]
    roles, _ = shop(購入日=date, カード番号下4桁=last, 金額=amount)
    assert "customer" not in roles


def test_a_masked_number_of_a_card_is_no_customer():
    def masked(order, who, day, draw):
        return f"****-****-****-{1000 + who}"

    roles, _ = shop(購入日=date, カード番号=masked, 金額=amount)
    assert "customer" not in roles


def test_closing_days_of_bills_give_way_to_the_days_of_the_orders():
    def delivered(order, who, day, draw):
        return day.replace(day=min(day.day, 28))

    def billed(order, who, day, draw):
        return day.replace(day=28)

    roles, found = shop(請求日=billed, 納品日=delivered, 得意先CD=customer, 金額=amount)
    assert roles["date"] == ["納品日"]
    values = {"column": "納品日", "other": "請求日", "typed": "請求日"}
    assert ("closing_days", values) in found.roles.told
    roles, found = shop(請求日=billed, 得意先CD=customer, 金額=amount)
    assert roles["date"] == ["請求日"]


def test_a_day_of_every_month_stays_where_the_other_dates_lie_behind_it_or_far_before():
    def first(order, who, day, draw):
        return day.replace(day=1)

    def before(order, who, day, draw):
        return day - dt.timedelta(days=draw.randrange(100, 900))

    for name, other in (("発送日", date), ("入会日", before)):
        roles, found = shop(注文日=first, **{name: other}, 会員番号=customer, 金額=amount)
        assert roles["date"] == ["注文日"], name


@pytest.mark.parametrize("seed", range(4))
def test_a_price_of_few_products_is_known_by_their_pieces(shop, seed):
    chance = random.Random(seed)
    goods = [("煎茶", 3980), ("石けん", 1480), ("化粧水", 2980), ("お試し", 980)]
    rows, paid = "", 0
    for n in range(150):
        name, price = chance.choice(goods)
        pieces = 2 if price == 3980 and chance.random() < 0.7 else chance.choice([1, 1, 2])
        paid += price * pieces
        day = f"2024-{n // 14 + 1:02}-{n % 14 * 2 + 1:02}"
        rows += f"{day} 11:{n % 60:02},L{n:05},{9900000 + n % 40},{name},{price},{pieces}\n"
    text = f"日時,レシートNo,会員カード番号,商品名,売価,点数\n{rows}"
    assert sum(shop.amounts(text)) == paid


def test_a_guest_comes_on_the_day_of_check_in(shop):
    text = (
        "予約番号,予約受付日,チェックイン日,チェックアウト日,会員番号,料金合計\n"
        "Y1,2023/12/20,2024/01/09,2024/01/10,M1,36000\n"
        "Y2,2023/12/29,2024/01/18,2024/01/20,M2,24000\n"
    )
    days = shop.read(text).orders.order_by("source_row").date.to_pyarrow().to_pylist()
    assert [f"{day:%m/%d}" for day in days] == ["01/09", "01/18"]


@pytest.mark.parametrize("counter", ["来店回数", "人数"])
def test_a_fixed_price_beside_another_counter_is_asked_about(shop, counter):
    menu = [("カット", 5000), ("カラー", 7000), ("パーマ", 9000)]
    rows = "".join(
        f"2024-{n // 25 + 1:02}-{n % 25 + 1:02},M{n % 40:03},{menu[n % 3][0]},{n * 7 % 5 + 1},"
        f"{menu[n % 3][1]}\n"
        for n in range(200)
    )
    text = f"来店日,会員番号,メニュー,{counter},料金\n{rows}"
    try:
        assert sum(shop.amounts(text)) == sum(menu[n % 3][1] for n in range(200))
    except InputProblem as problem:
        assert [key for key, _ in problem.faults] == ["doubtful_price"]
