"""Sales files of systems nobody listed: invented shops, each written as some system might.

`odd_file(seed)` makes one: its header, its columns as text, and which column is which. What a
file has, how its values are written, how its columns are called and in which order its rows come
is drawn by the seed. `style`: "known" names, "odd" ones nobody listed, "opaque" ones that say
nothing (F1, 項目3), or "none" (a file without a header).
"""

import datetime as dt
import random
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from toolkit.intake.columns.glance import Glance
from toolkit.intake.tables.coded import Coded

STYLES = ("known", "odd", "opaque", "none")
FIRST = dt.datetime(2022, 3, 1)
SURNAMES = [
    "佐藤",
    "鈴木",
    "高橋",
    "田中",
    "伊藤",
    "渡辺",
    "山本",
    "中村",
    "小林",
    "加藤",
    "吉田",
    "山口",
]
GIVEN = ["花子", "太郎", "美咲", "健", "陽子", "大輔", "直美", "翔", "恵", "誠", "久美子", "学"]
PEOPLE = ["Ann", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hana", "Ida", "Joe", "Kim", "Lou"]
LAST = ["Ames", "Boyd", "Cole", "Dunn", "Ellis", "Ford", "Gray", "Hart", "Ivey", "Judd", "Kerr"]
GOODS = [
    "ソープ",
    "化粧水",
    "クリーム",
    "茶葉",
    "青汁",
    "羊羹",
    "最中",
    "海苔",
    "味噌",
    "醤油",
    "ジャム",
]
WARES = ["Soap", "Lotion", "Cream", "Green Tea", "Mug", "Candle", "Honey", "Jam", "Plate", "Lamp"]
KINDS = ("徳用", "ミニ", "限定", "プレミアム", "定番", "ギフト", "60g", "120g")
SORTS = ("Small", "Large", "Gift Box", "Refill", "Classic", "60g", "120g")

NAMES = {  # role -> (known, odd) names, Japanese and English
    "order": (
        ["注文番号", "受注番号", "伝票番号", "order_id", "Invoice No", "transaction_id"],
        [
            "オーダーNo.",
            "売上伝票No",
            "お買上げ伝票番号",
            "OrderRef",
            "SLIP_NO",
            "Bill Number",
            "trx key",
        ],
    ),
    "customer": (
        ["顧客番号", "会員ID", "お客様コード", "customer_id", "Member No", "cust"],
        [
            "顧客CD",
            "会員カードNo.",
            "お客さま番号(8桁)",
            "得意先CD",
            "client_ref",
            "CUSTNO",
            "LoyaltyId",
            "buyer key",
        ],
    ),
    "date": (
        ["注文日", "購入日", "売上日", "order_date", "date", "Created at"],
        [
            "お買い上げ年月日",
            "伝票日付",
            "ご利用日",
            "計上日",
            "TRX_DT",
            "SaleDay",
            "purchased on (date)",
        ],
    ),
    "amount": (
        ["金額", "売上金額", "合計金額", "amount", "total", "sales"],
        [
            "お買上額(税込)",
            "売上高（円）",
            "税込計",
            "ご請求額",
            "AMT_JPY",
            "net value",
            "SaleTotal",
        ],
    ),
    "price": (
        ["単価", "価格", "unit_price", "price"],
        ["税込単価", "販売単価(円)", "PriceEach", "unit price JPY"],
    ),
    "quantity": (
        ["数量", "個数", "quantity", "qty"],
        ["お買上数", "点数計", "No of units", "QTY_SOLD"],
    ),
    "product": (
        ["商品コード", "品番", "sku", "product_id"],
        ["商品CD番号", "JANコード13", "ITEM_CODE_X", "article key"],
    ),
    "product_name": (
        ["商品名", "品名", "product_name", "item"],
        ["お品名", "商品名称(全角)", "ItemTitle", "goods description"],
    ),
    "mail": (["メールアドレス", "email"], ["顧客メール", "E-Mail (buyer)"]),
    "phone": (["電話番号", "tel"], ["ご連絡先電話", "buyer phone"]),
    "name": (["氏名", "顧客名", "customer_name"], ["会員氏名(漢字)", "Client Name"]),
    "region": (["都道府県", "state"], ["ご住所(県)", "shipping region"]),
    "shop": (["店舗", "store_id"], ["店舗CD", "BranchCode"]),
    "staff": (["担当者", "staff"], ["レジ担当", "cashier nm"]),
    "gender": (["性別", "gender"], ["男女", "sex cd"]),
    "age": (["年齢", "age"], ["年令", "AgeYears"]),
    "born": (["生年月日", "birthday"], ["お誕生日", "DOB"]),
    "joined": (["登録日", "registered_at"], ["入会年月日", "member since"]),
    "shipped": (["発送日", "shipped_at"], ["出荷日時", "ShipDt"]),
    "pay": (["支払方法", "payment_method"], ["決済手段", "PayType"]),
    "class": (["顧客区分", "customer_type"], ["会員ランク", "ClientTier"]),
    "tax": (["消費税", "tax"], ["うち税額", "VAT amt"]),
    "shipping": (["送料", "shipping"], ["配送料金", "FreightCharge"]),
    "rate": (["税率", "tax_rate"], ["税率(%)", "VatPct"]),
    "number": (["No", "id"], ["行番号", "RowNum"]),
    "remark": (["備考", "note"], ["通信欄メモ", "remarks (free)"]),
    "status": (["状態", "status"], ["処理状況区分", "OrderState"]),
}
TRUTHS = (
    *("order", "customer", "date", "amount", "price", "quantity", "product", "product_name"),
    *("mail", "phone", "name", "status"),
)
NEVER_HEADLESS = ("born", "joined", "shipped", "tax", "shipping")  # nobody could tell these apart


@dataclass(frozen=True)
class OddFile:
    """header and columns (text) by position; truth: role -> position; total: the amount is the
    order's, on all its rows. by_piece: there is a price and a quantity, and no amount."""

    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    truth: dict
    total: bool
    by_piece: bool
    headed: bool
    style: str

    def glance(self):
        return glance(self.columns, self.headed)

    def csv(self):
        rows = [self.header] if self.headed else []
        rows += list(zip(*self.columns, strict=True))
        return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def coded(values):
    """A column of these texts."""
    texts = pa.array(values, pa.string()).dictionary_encode()
    return Coded(texts.indices.to_numpy(), texts.dictionary)


def glance(columns, headed=True):
    """Columns of texts as the first rows of a file."""
    return Glance(tuple(map(coded, columns)), len(columns[0]), headed)


class _Shop:
    """Customers, products, and orders of one to four lines."""

    def __init__(self, draw, ja):
        self.draw, self.ja = draw, ja
        people = draw.choice((60, 150, 400, 900))
        self.weight = np.random.default_rng(draw.randrange(10**6)).gamma(0.7, 1.0, people)
        self.goods = self._goods(draw.choice((8, 25, 70)))
        self.people = [self._person(i) for i in range(people)]

    def _goods(self, count):
        words, kinds = (GOODS, KINDS) if self.ja else (WARES, SORTS)
        pairs = [f"{a} {b}" for a in words for b in kinds]
        names = self.draw.sample(pairs, min(count, len(pairs)))
        step = self.draw.choice((10, 50, 100)) if self.ja else 1
        prices = [
            self.draw.randrange(300, 9000, step)
            if self.ja
            else self.draw.randrange(299, 9999) / 100
            for _ in names
        ]
        return list(zip(names, prices, strict=True))

    def _person(self, i):
        draw = self.draw
        if self.ja:
            name = f"{draw.choice(SURNAMES)} {draw.choice(GIVEN)}"
        else:
            name = f"{draw.choice(PEOPLE)} {draw.choice(LAST)}"
        return {
            "name": name,
            "mail": f"{draw.choice(PEOPLE).lower()}{i}@example.{draw.choice(('com', 'jp'))}",
            "phone": f"090-{draw.randrange(10**4):04d}-{draw.randrange(10**4):04d}",
            "region": draw.choice(
                ("東京都", "大阪府", "愛知県", "北海道") if self.ja else ("CA", "NY", "TX")
            ),
            "gender": draw.choice(("男", "女") if self.ja else ("M", "F")),
            "age": str(draw.randrange(20, 80)),
            "born": dt.date(1940, 1, 1) + dt.timedelta(draw.randrange(22000)),
            "joined": FIRST - dt.timedelta(draw.randrange(1, 900)),
            "class": draw.choice(("一般", "会員", "優良") if self.ja else ("A", "B", "C")),
        }

    def orders(self, count, lines):
        draw = self.draw
        who = draw.choices(range(len(self.people)), self.weight, k=count)
        for person in who:
            at = FIRST + dt.timedelta(minutes=draw.randrange(1000 * 1440))
            basket = draw.sample(self.goods, draw.choice((1, 1, 2, 3, 4)) if lines else 1)
            counts = [draw.choice((1, 1, 1, 2, 2, 3, 5)) for _ in basket]
            yield person, at, list(zip(basket, counts, strict=True))


def odd_file(seed, style=None):
    """One file; all of it follows from the seed (and the style, if given)."""
    draw = random.Random(seed)
    style = style or draw.choice(STYLES)
    ja, lines = draw.random() < 0.6, draw.random() < 0.6
    shop = _Shop(draw, ja)
    orders = sorted(shop.orders(draw.choice((60, 250, 900)), lines), key=lambda o: o[1])
    if draw.random() < 0.3:
        orders = orders[::-1] if draw.random() < 0.5 else sorted(orders, key=lambda o: o[0])
    form, total, pieces = _form(draw, ja, lines)
    chosen = _chosen(draw, style, lines, pieces, total)
    rows = list(_rows(draw, shop, orders, form, total))
    roles = list(chosen)
    draw.shuffle(roles)
    header = tuple(_heading(draw, role, style, i, ja) for i, role in enumerate(roles))
    if len(set(header)) < len(header):
        return odd_file(seed + 100_003, style)
    columns = tuple(tuple(row[role] for row in rows) for role in roles)
    truth = {role: roles.index(role) for role in TRUTHS if role in roles}
    return OddFile(header, columns, truth, total, pieces, style != "none", style)


def _form(draw, ja, lines):
    number = draw.choice(("{:d}", "{:05d}", "C{:05d}", "{:010d}", "M-{:04d}"))
    order = draw.choice(("{:07d}", "A-{:06d}", "{:d}", "2024{:06d}"))
    start = draw.choice((1, 1, 4000, 120000))
    stamp = draw.choice(("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S"))
    stamp = "%Y年%m月%d日" if ja and draw.random() < 0.15 else stamp
    money = draw.choice(("{:d}", "{:d}", "{:,d}", "¥{:,d}")) if ja else "{:.2f}"
    total = lines and draw.random() < 0.35
    pieces = not total and draw.random() < 0.25
    return (number, order, start, stamp, money), total, pieces


def _chosen(draw, style, lines, pieces, total):
    """The roles a file has columns for."""
    has = ["date"]
    keys = draw.choice(
        (["customer"], ["customer"], ["customer", "name"], ["mail"], ["mail", "phone"])
    )
    if style != "none":
        keys = draw.choice((keys, ["customer", "mail", "phone", "name"]))
    has += keys
    if lines or draw.random() < 0.5:
        has.append("order")
    has += ["price", "quantity"] if pieces else ["amount"]
    if not pieces and not total and draw.random() < 0.3:
        has += ["price", "quantity"]
    if (lines or pieces) and draw.random() < 0.8:
        has += draw.choice((["product", "product_name"], ["product_name"], ["product"]))
    if lines and "quantity" not in has and draw.random() < 0.4:
        has.append("quantity")
    if draw.random() < 0.3:
        has.append("status")
    spare = [role for role in NAMES if role not in TRUTHS]
    if style in ("none", "opaque"):
        spare = [role for role in spare if role not in NEVER_HEADLESS]
    return has + draw.sample(spare, draw.choice((0, 1, 3, 6)))


def _rows(draw, shop, orders, form, total):
    number, order_form, start, stamp, money = form
    whole = money != "{:.2f}"
    row = 0
    shops = [f"S{i:02d}" for i in range(5)]
    for nth, (person, at, basket) in enumerate(orders):
        someone = shop.people[person]
        sums = [price * n for (_, price), n in basket]
        state = draw.choices(("完了", "キャンセル") if shop.ja else ("paid", "cancelled"), (20, 1))[
            0
        ]
        order_cells = {
            "order": order_form.format(start + nth),
            "customer": number.format(start + person * 3 + 1),
            "date": at.strftime(stamp),
            "shipped": (at + dt.timedelta(days=draw.randrange(1, 5))).strftime(stamp),
            "shop": draw.choice(shops),
            "staff": draw.choice(SURNAMES[:6] if shop.ja else PEOPLE[:6]),
            "pay": draw.choice(("カード", "代引", "振込") if shop.ja else ("card", "cash")),
            "shipping": draw.choice(("0", "550", "880")),
            "status": state,
            "remark": draw.choice(("", "", "", "のし希望", "置き配で")) if shop.ja else "",
        }
        persons = {
            each: someone[each]
            for each in ("name", "mail", "phone", "region", "gender", "age", "class")
        }
        persons |= {each: someone[each].strftime("%Y-%m-%d") for each in ("born", "joined")}
        for ((name, price), n), own in zip(basket, sums, strict=True):
            row += 1
            paid = sum(sums) if total else own
            values = [round(x) if whole else x for x in (paid, price, paid / 11)]
            line = dict(zip(("amount", "price", "tax"), map(money.format, values), strict=True))
            code = f"P{shop.goods.index((name, price)) + 100:04d}"
            line |= {"quantity": str(n), "product": code, "product_name": name}
            yield (
                order_cells
                | persons
                | line
                | {"rate": draw.choice(("8", "10")), "number": str(row)}
            )


def _heading(draw, role, style, i, ja):
    known, odd = NAMES[role]
    if style == "none":
        return str(i + 1)
    if style == "opaque":
        return f"項目{i + 1}" if ja else f"F{i + 1}"
    names = known if style == "known" else odd
    spoken = [name for name in names if name.isascii() != ja]
    return draw.choice(spoken or names)
