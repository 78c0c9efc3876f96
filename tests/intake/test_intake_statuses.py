"""What the status columns of files of no known system say of their rows."""

import pytest

from toolkit.words import Words

HEAD = "会員ID,注文日,金額,{name}\n"


@pytest.mark.parametrize(
    "status",
    [
        "お客様キャンセル",
        "受注取消",
        "payment_failed",
        "Declined",
        "Order Voided",
        "全額返金済み",
        "決済エラー",
        "与信NG",
        "決済失敗",
        "無効",
        "削除",
        "受取拒否",
        "ドタキャン",
        "テスト注文",
        "キャンセル済(取消不可)",
    ],
)
def test_a_status_with_a_word_of_cancelling_in_it_removes_the_order(shop, status):
    text = HEAD.format(name="受注ステータス") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]


@pytest.mark.parametrize(
    "status",
    [
        "キャンセル不可",
        "取消不可",
        "not cancelled",
        "キャンセルなし",
        "一部返金済み",
        "Partially cancelled",
    ],
)
def test_a_word_of_not_cancelling_keeps_the_order(shop, status):
    text = HEAD.format(name="状態") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize(
    "status",
    [
        "入金待ち",
        "未入金",
        "支払待ち",
        "未払い",
        "仮注文",
        "見積",
        "下書き",
        "draft",
        "Awaiting payment",
    ]
    + ["payment pending", "on-hold", "unpaid"],
)
def test_an_order_not_paid_or_confirmed_yet_is_pending(shop, status):
    text = HEAD.format(name="状態") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.reasons(text) == [(2, "pending", "5")]


@pytest.mark.parametrize("name", ["決済状況", "配送状況", "支払状況", "受注状況", "取引ステータス"])
def test_more_names_of_status_columns_are_known(shop, name):
    text = HEAD.format(name=name) + "1,2024-01-05,5,キャンセル\n1,2024-01-06,6,済\n"
    assert shop.amounts(text) == [6]


@pytest.mark.parametrize(
    "name", ["キャンセルフラグ", "取消", "取消区分", "削除フラグ", "is_cancelled", "void_flag"]
)
@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("○", ""), ("済", "")])
def test_a_mark_of_cancelling_removes_the_order(shop, name, yes, no):
    text = HEAD.format(name=name) + f"1,2024-01-05,5,{yes}\n1,2024-01-06,6,{no}\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]


def test_marks_of_which_none_says_no_are_two_kinds_of_something(shop):
    text = HEAD.format(name="取消区分") + "1,2024-01-05,5,1\n1,2024-01-06,6,2\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize("name", ["キャンセル日", "取消日", "cancelled_at", "voided_at"])
@pytest.mark.parametrize("no", ["", "0", "0000-00-00", "1900-01-01", "1900/01/01 00:00:00"])
def test_a_date_of_cancelling_removes_the_order(shop, name, no):
    text = HEAD.format(name=name) + f"1,2024-01-05,5,2024-01-07\n1,2024-01-06,6,{no}\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]


def test_a_status_column_named_by_hand_works_by_its_name(shop):
    text = HEAD.format(name="注文取消_flg") + "1,2024-01-05,5,1\n1,2024-01-06,6,0\n"
    assert shop.amounts(text, status_column="注文取消_flg") == [6]


def test_a_mark_on_one_line_of_an_order_is_of_that_line(shop):
    text = "注文番号,会員ID,注文日,金額,キャンセルフラグ\nA,1,2024-01-05,5,1\nA,1,2024-01-05,6,\n"
    assert shop.amounts(text) == [6]


@pytest.mark.parametrize("name", ["伝票区分", "取引区分", "区分", "type", "transaction_type"])
@pytest.mark.parametrize("kind", ["返品", "返金", "赤伝", "return", "Refund"])
def test_a_return_slip_with_a_positive_amount_is_money_going_back(shop, name, kind):
    text = (
        f"注文番号,会員ID,注文日,金額,{name}\nA,1,2024-01-05,500,売上\n"
        f"R,1,2024-02-06,300,{kind}\nP,1,2024-02-07,200,入金\n"
    )
    assert shop.amounts(text) == [500, -300]
    assert shop.reasons(text) == [(4, "not_a_sale", "200")]


@pytest.mark.parametrize("name", ["区分", "type"])
@pytest.mark.parametrize(("sale", "void"), [("売上", "取消"), ("sale", "void")])
def test_kinds_of_sales_and_cancellations_alone_are_known_by_both(shop, name, sale, void):
    head = f"注文番号,会員ID,注文日,金額,{name},状態\n"
    text = head + f"A,1,2024-01-05,5,{sale},完了\nB,1,2024-01-06,6,{void},完了\n"
    text += "C,1,2024-01-07,7,,完了\nD,1,2024-01-08,8,交換,完了\n"
    assert shop.amounts(text) == [5, 7, 8]
    assert shop.amounts(text.replace(sale, "会員")) == [5, 6, 7, 8]  # a class of something


def test_a_blank_status_is_the_orders_and_else_counts(shop):
    head = "注文番号,会員ID,注文日,金額,状態\n"
    text = head + "A,1,2024-01-05,5,キャンセル\nA,1,2024-01-05,6,\nB,1,2024-01-06,7,\n"
    assert shop.amounts(text) == [7]
    assert [row for row, *_ in shop.reasons(text)] == [2, 3]


def test_payments_are_the_sales_where_nothing_else_is(shop):
    text = HEAD.format(name="type") + "1,2024-01-05,5,payment\n1,2024-02-06,3,refund\n"
    assert shop.amounts(text) == [5, -3]


def test_a_return_slip_of_a_cancelled_sale_goes_with_it(shop):
    text = (
        "注文番号,会員ID,注文日,金額,状態,伝票区分\nA,1,2024-01-05,500,取消済,売上\n"
        "A,1,2024-01-05,500,完了,返品\nB,1,2024-01-06,70,完了,売上\nB,1,2024-02-06,70,完了,返品\n"
    )
    assert shop.amounts(text) == [70, -70]
    assert [reason for _, reason, _ in shop.reasons(text)] == ["cancelled", "cancelled"]


@pytest.mark.parametrize(
    "name", ["返金額", "返金", "返品金額", "refunded", "refund", "refund_amount"]
)
@pytest.mark.parametrize("amount", ["金額", "合計金額"])
def test_a_refund_is_taken_off_its_order_once(shop, name, amount):
    text = (
        f"注文番号,会員ID,注文日,{amount},{name}\nA,1,2024-01-05,500,200\nB,1,2024-01-06,70,\n"
        "C,2,2024-01-07,90,-90\n"
    )
    assert shop.amounts(text) == [300, 70, 0]
    assert shop.notes(text)["amount_goods_off"] == {"column": amount, "off": name}


def test_a_refund_repeated_on_the_rows_of_an_order_is_taken_off_once(shop):
    text = (
        "注文番号,会員ID,注文日,金額,返金額\nA,1,2024-01-05,500,200\nA,1,2024-01-05,70,200\n"
        "B,1,2024-01-06,70,\n"
    )
    assert shop.amounts(text) == [570 - 200, 70]


def test_a_mark_of_refund_is_no_amount(shop):
    text = HEAD.format(name="refund") + "1,2024-01-05,500,1\n1,2024-01-06,70,0\n"
    assert shop.amounts(text) == [500, 70]


def test_a_return_slip_that_names_its_refund_goes_back_once(shop):
    text = "会員ID,注文日,金額,返金額,区分\n1,2024-01-05,500,0,売上\n1,2024-01-09,300,300,返品\n"
    assert shop.amounts(text) == [500, -300]


@pytest.mark.parametrize(
    "number", ["合計", "総計", "計", "小計", "Total", "subtotal", "1月計", "日計"]
)
def test_what_a_total_row_has_in_place_of_a_number_is_no_customer(shop, number):
    text = f"会員ID,注文日,金額\n1,2024-01-05,5\n{number},2024-01-06,6\n"
    assert shop.amounts(text) == [5]


@pytest.mark.parametrize("number", ["未登録", "現金客", "9999", "9999999"])
def test_more_numbers_that_stand_for_nobody(shop, number):
    assert shop.amounts(f"会員ID,注文日,金額\n1,2024-01-05,5\n{number},2024-01-06,6\n") == [5]


@pytest.mark.parametrize("numbers", [("1", "999"), ("9998", "9999")])
def test_nines_that_are_short_or_follow_a_number_are_somebody(shop, numbers):
    one, two = numbers
    text = f"会員ID,注文日,金額\n{one},2024-01-05,5\n{two},2024-01-06,6\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize("mail", ["noreply@shop.jp", "No-Reply@shop.jp"])
def test_a_mail_address_nobody_reads_is_no_customer(shop, mail):
    text = f"メールアドレス,注文日,金額\na@b.jp,2024-01-05,5\n{mail},2024-01-06,6\n"
    assert shop.amounts(text) == [5]


def _said(shop, text, language="en"):
    notes = [note for note in shop.read(text).notes if note.key == "status_values"]
    return [Words(language).say(f"note.{note.key}", **note.values) for note in notes]


def test_what_every_value_of_a_status_does_is_told(shop):
    text = HEAD.format(name="注文状態") + "".join(
        f"1,2024-01-0{day},5,{status}\n"
        for day, status in enumerate(["発送済", "発送済", "謎", "", "キャンセル"], 1)
    )
    assert _said(shop, text) == [
        "Status “注文状態”: 発送済 2 counted, (blank) 1 counted, "
        "キャンセル 1 left out, 謎 1 counted."
    ]
    assert _said(shop, text, "ja")[0].startswith("状態の列「注文状態」：発送済 2 件は集計、")


def test_at_most_twelve_values_of_a_status_are_told(shop):
    rows = "".join(f"1,2024-01-{day:02},5,s{day:02}\n" for day in range(1, 16))
    (said,) = _said(shop, HEAD.format(name="状態") + rows)
    assert "s12 1 counted" in said
    assert "s13" not in said
    assert said.endswith("3 more values.")


def test_dates_of_cancelling_and_return_slips_are_told(shop):
    text = (
        "会員ID,注文日,金額,キャンセル日,伝票区分\n1,2024-01-05,5,2024-01-06,売上\n"
        "1,2024-01-06,5,2024-01-08,売上\n1,2024-02-06,3,,返品\n"
    )
    assert _said(shop, text) == [
        "Status “キャンセル日”: … 2 left out, (blank) 1 counted.",
        "Status “伝票区分”: 売上 2 counted, 返品 1 as money going back.",
    ]


MARKED = "注文番号,注文日,会員番号,金額,{name}\n"


def _marked(name, out, kept):
    """Forty orders of 100 yen, every eighth of them marked `out` and the others `kept`."""
    rows = (
        f"{50000 + i},2024-0{1 + i // 20}-{1 + i % 20:02d},{1000 + i % 7},100,"
        f"{kept if i % 8 else out}"
        for i in range(40)
    )
    return MARKED.format(name=name) + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("name", "out", "kept"),
    [
        ("予約状態", "ノーショー", "来店"),
        ("予約ステータス", "無断欠席", "来店済"),
        ("状態", "不成立", "成立"),
        ("決済結果", "NG", "OK"),
        ("来店状況", "no show", "visited"),
        ("受付区分", "予約取消", "予約"),
        ("処理区分", "取消", "登録"),
        ("備考", "キャンセル", ""),
        ("備考", "返品のためキャンセル", ""),
        ("有効フラグ", "0", "1"),
        ("来店", "×", "○"),
        ("state", "expired", "complete"),
        ("Status", "Chargeback", "Paid"),
        ("Status", "storniert", "bezahlt"),
        ("status", "annulé", "payé"),
        ("注文状態", "注文取り消し", "完了"),
    ],
)
def test_words_and_marks_of_an_order_that_fell_through_are_seen(shop, name, out, kept):
    reasons = {reason for _, reason, _ in shop.reasons(_marked(name, out, kept))}
    assert reasons == {"cancelled"}
    assert len(shop.amounts(_marked(name, out, kept))) == 35  # 40 less every eighth


@pytest.mark.parametrize(
    ("name", "out", "kept"),
    [
        ("支払", "未払い", "支払済"),
        ("会計状況", "未会計", "会計済"),
        ("入金", "未", "済"),
        ("is_paid", "0", "1"),
    ],
)
def test_words_and_marks_of_an_order_not_paid_are_seen(shop, name, out, kept):
    reasons = [reason for _, reason, _ in shop.reasons(_marked(name, out, kept))]
    assert reasons == ["pending"] * 5


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("会員状態", "無効", "有効"),  # of the customer
        ("DM可否", "NG", "OK"),
        ("定期ステータス", "キャンセル", "継続中"),  # of a subscription, its orders stand
        ("キャンセル回数", "1", "0"),
        ("キャンセルポリシー", "キャンセル不可", "キャンセル可"),
        ("備考", "キャンセル料", ""),
        ("来店", "再来", "新規"),
        ("入金", "0", "1500"),
        ("state", "NY", "CA"),
        ("ポイント状態", "失効", "有効"),
    ],
)
def test_columns_that_say_nothing_of_the_order_leave_no_row_out(shop, name, one, other):
    assert len(shop.amounts(_marked(name, one, other))) == 40


def test_remarks_with_a_word_of_cancelling_are_told_and_left_in(shop):
    text = _marked("備考", "本人よりキャンセル", "のし希望")
    assert len(shop.amounts(text)) == 40
    assert shop.notes(text)["status_maybe"] == {"column": "備考", "n": 5, "typed": "備考"}
    named = shop.read(text, status_column="備考")
    assert named.source.set_aside == {"cancelled": 5}


@pytest.mark.parametrize(
    "status",
    (
        *(
            "返却",
            "返却済み",
            "返送",
            "不在返送",
            "返品済",
            "返品処理済み",
            "返金完了",
            "受取辞退",
            "受け取り拒否",
            "長期不在",
        ),
        *(
            "保管期限切れ",
            "宛先不明",
            "交換",
            "交換対応中",
            "返品・交換",
            "審査落ち",
            "注文取り下げ",
            "二重注文",
            "クーリングオフ",
        ),
        *(
            "Returned",
            "Return to sender",
            "returned_to_sender",
            "RTS",
            "Delivery refused",
            "Refused",
        ),
        *(
            "Chargeback",
            "Charged back",
            "Dispute lost",
            "Refund pending",
            "fully refunded",
            "Undeliverable",
        ),
        *(
            "Exchanged",
            "Rejected",
            "Delivered - Returned",
            "Abandoned cart",
            "uncollectible",
            "retourniert",
        ),
    ),
)
def test_what_came_back_was_refused_or_exchanged_is_no_sale(shop, status):
    text = HEAD.format(name="ステータス") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.reasons(text) == [(2, "cancelled", "5")]


@pytest.mark.parametrize(
    "status",
    (
        *(
            "一部返品",
            "一部返金",
            "返品不可",
            "返品なし",
            "返品キャンセル",
            "返金保証あり",
            "返金拒否",
            "未返却",
            "受取済み",
            "配達中",
        ),
        *(
            "Refunded partially",
            "Partial refund",
            "refunded (partial)",
            "Partially returned",
            "Not refunded",
        ),
        *("Non-refundable", "Refund denied", "Return rejected", "Chargeback won", "Not returned"),
    ),
)
def test_what_came_back_in_part_or_not_at_all_counts(shop, status):
    text = HEAD.format(name="ステータス") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize("status", ("保留", "保留中", "未確定", "On hold", "Quote", "差戻し"))
def test_an_order_held_back_is_pending(shop, status):
    text = HEAD.format(name="ステータス") + f"1,2024-01-05,5,{status}\n1,2024-01-06,6,発送済\n"
    assert shop.reasons(text) == [(2, "pending", "5")]


@pytest.mark.parametrize(("out", "back"), (("貸出中", "返却済"), ("Rented", "Returned")))
def test_what_was_lent_comes_back_and_was_sold(shop, out, back):
    text = HEAD.format(name="ステータス") + f"1,2024-01-05,5,{back}\n1,2024-01-06,6,{out}\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize("name", ("返品フラグ", "is_returned", "返金フラグ"))
def test_a_mark_of_a_return_removes_the_order_unless_the_file_says_how_much_went_back(shop, name):
    text = HEAD.format(name=name) + "1,2024-01-05,5,1\n1,2024-01-06,6,0\n"
    assert shop.amounts(text) == [6]
    text = HEAD.format(name=f"{name},返金額") + "1,2024-01-05,5,1,2\n1,2024-01-06,6,0,0\n"
    assert shop.amounts(text) == [3, 6]


def test_an_exchange_among_kinds_of_slips_is_a_sale(shop):
    text = HEAD.format(name="取引区分") + "1,2024-01-05,5,交換\n1,2024-01-06,6,売上\n"
    assert shop.amounts(text) == [5, 6]


@pytest.mark.parametrize(
    "name", ["取引区分名", "伝票種類", "データ区分", "処理区分", "Voucher Type"]
)
def test_a_column_of_kinds_is_told_by_its_ending_and_its_words(shop, name):
    content = (
        f"伝票番号,会員ID,売上日,{name},金額\n1,A,2024-01-05,掛売上,1000\n2,A,2024-01-06,現金入金,1000\n"
        "3,B,2024-02-01,現売上,500\n4,B,2024-02-03,掛返品,200\n"
    )
    assert shop.amounts(content) == [1000, 500, -200]
    assert shop.reasons(content) == [(3, "not_a_sale", "1000")]


def test_kinds_of_customers_or_goods_are_no_kinds_of_slips(shop):
    content = (
        "伝票番号,会員ID,売上日,顧客区分,商品区分,金額\n1,A,2024-01-05,一般,通常,1000\n"
        "2,A,2024-01-06,会員,ポイント,300\n3,B,2024-02-01,一般,通常,500\n"
    )
    assert shop.amounts(content) == [1000, 300, 500]


DATED = ["キャンセル処理日", "取消日付", "返品日", "returned_at"]


@pytest.mark.parametrize("name", DATED)
def test_a_date_of_cancelling_by_another_name(shop, name):
    rows = "1,A,2024-01-05,1000,\n2,A,2024-01-06,300,2024-01-08\n3,B,2024-02-01,500,\n"
    content = f"注文番号,会員ID,注文日,金額,{name}\n{rows}"
    assert shop.amounts(content) == [1000, 500]


def test_dates_that_cancel_nothing(shop):
    rows = "1,A,2024-01-05,1000,2024-01-06,\n2,A,2024-01-06,300,2024-01-08,\n"
    content = f"注文番号,会員ID,注文日,金額,キャンセル受付日,キャンセル期限日\n{rows}"
    assert shop.amounts(content) == [1000, 300]
    head = "注文番号,会員ID,注文日,金額,返金額,返品日\n"
    assert shop.amounts(f"{head}1,A,2024-01-05,1000,200,2024-01-07\n") == [800]


def test_a_mark_of_a_test_is_no_order(shop):
    rows = "1,A,2024-01-05,1000,0\n2,A,2024-01-06,300,1\n"
    assert shop.amounts(f"注文番号,会員ID,注文日,金額,テスト注文\n{rows}") == [1000]


def _filled(name, filled, blank="", rows=10):
    """Ten orders of 100 to 1,000 yen, those of `filled` (by their place) with something in a
    column of this name, the others `blank`; the first stands on row 2."""
    return MARKED.format(name=name) + "".join(
        f"{500 + i},2024-01-{i + 1:02d},{7 + i % 4},{100 * (i + 1)},{filled.get(i, blank)}\n"
        for i in range(rows)
    )


REASONS = ("キャンセル理由", "取消理由", "キャンセル者", "取消者", "キャンセル担当", "取消担当者")
REASONS += ("cancel_reason", "cancelled_by", "cancellation reason")


@pytest.mark.parametrize("name", REASONS)
def test_why_or_by_whom_an_order_was_cancelled_cancels_it(shop, name):
    text = _filled(name, {2: "都合", 5: "欠品"})
    assert shop.reasons(text) == [(4, "cancelled", "300"), (7, "cancelled", "600")]
    assert _said(shop, text) == [
        f"Status “{name}”: (blank) 8 counted, 欠品 1 left out, 都合 1 left out."
    ]


@pytest.mark.parametrize("none", ["なし", "-", "0", "none", "N/A", "ー", "特になし", "0.0"])
def test_what_stands_for_no_reason_cancels_nothing(shop, none):
    text = _filled("キャンセル理由", {2: "都合", 5: "3"}, blank=none)
    assert shop.amounts(text) == [100, 200, 400, 500, 700, 800, 900, 1000]
    assert len(shop.amounts(_filled("キャンセル理由", {}, blank=none))) == 10


def test_reasons_in_half_of_the_rows_are_told_and_left_in(shop):
    text = _filled("キャンセル理由", dict.fromkeys(range(5), "都合"))
    assert len(shop.amounts(text)) == 10
    told = {"column": "キャンセル理由", "n": 5, "typed": "キャンセル理由"}
    assert shop.notes(text)["status_reason"] == told
    assert len(shop.amounts(text, status_column="キャンセル理由")) == 5


@pytest.mark.parametrize(
    ("name", "kept", "out"),
    [("ステータス", "完了", "キャンセル"), ("取消フラグ", "0", "1"), ("取消日", "", "2024-02-01")],
)
def test_a_reason_goes_by_the_column_that_says_what_is_cancelled(shop, name, kept, out):
    rows = {2: f"都合,{out}", 5: f"欠品,{out}"}
    text = _filled(f"キャンセル理由,{name}", rows, blank=f",{kept}")
    assert shop.amounts(text) == [100, 200, 400, 500, 700, 800, 900, 1000]
    assert "status_reason" not in shop.notes(text)
    text = _filled(f"キャンセル理由,{name}", rows | {7: f"保留,{kept}"}, blank=f",{kept}")
    assert shop.amounts(text) == [100, 200, 400, 500, 700, 800, 900, 1000]
    assert shop.notes(text)["status_reason"]["n"] == 1


def test_a_reason_cancels_where_the_status_cancels_nothing(shop):
    text = _filled("キャンセル理由,配送状況", {2: "都合,発送前"}, blank=",発送済")
    assert shop.reasons(text) == [(4, "cancelled", "300")]


def test_a_reason_on_a_slip_of_cancelling_leaves_its_money_going_back(shop):
    text = MARKED.format(name="取消理由") + (
        "1,2024-01-05,A,500,\n2,2024-01-06,A,-500,誤入力\n3,2024-01-06,B,300,\n"
    )
    assert shop.amounts(text) == [500, -500, 300]


@pytest.mark.parametrize("name", ["定期キャンセル理由", "キャンセル不可理由", "理由"])
def test_reasons_of_something_else_cancel_nothing(shop, name):
    text = _filled(name, {2: "都合", 5: "欠品"})
    assert len(shop.amounts(text)) == 10
    assert "status_reason" not in shop.notes(text)


@pytest.mark.parametrize("name", ["赤伝フラグ", "赤伝区分", "赤黒区分", "赤黒"])
@pytest.mark.parametrize(
    ("red", "black"), [("1", "0"), ("1", ""), ("赤", "黒"), ("赤伝", "黒伝"), ("赤伝", "")]
)
def test_a_red_slip_is_money_going_back_whatever_its_sign(shop, name, red, black):
    text = _filled(name, {2: red, 5: red}, blank=black)
    assert shop.amounts(text) == [100, 200, -300, 400, 500, -600, 700, 800, 900, 1000]
    assert shop.amounts(text.replace(",600,", ",-600,"))[5] == -600
    assert f"{red} 2 as money going back" in _said(shop, text)[0]


def test_marks_of_red_slips_on_most_rows_are_told_and_count(shop):
    text = _filled("赤黒区分", {2: "0", 5: "0"}, blank="1")
    assert len([amount for amount in shop.amounts(text) if amount > 0]) == 10
    assert shop.notes(text)["status_red"]["column"] == "赤黒区分"


WISHES = ["キャンセル希望", "キャンセル依頼", "取消し依頼", "キャンセル申請中", "Cancel requested"]


@pytest.mark.parametrize("wish", WISHES)
def test_a_wish_to_cancel_among_remarks_is_told_and_counts(shop, wish):
    text = _filled("備考", {2: wish, 5: wish})
    assert len(shop.amounts(text)) == 10
    assert shop.notes(text)["status_wish"] == {"column": "備考", "n": 2, "typed": "備考"}


@pytest.mark.parametrize("remark", ["キャンセルポリシー", "キャンセル待ち", "キャンセル不可"])
def test_remarks_that_only_speak_of_cancelling_count_without_a_word(shop, remark):
    text = _filled("備考", {2: remark, 5: remark})
    assert len(shop.amounts(text)) == 10
    assert not {"status_wish", "status_maybe", "status_values"} & shop.notes(text).keys()


@pytest.mark.parametrize("wish", WISHES)
def test_a_status_of_a_wish_to_cancel_counts_and_is_told(shop, wish):
    text = _filled("ステータス", {2: wish, 5: "キャンセル"}, blank="完了")
    assert shop.reasons(text) == [(7, "cancelled", "600")]
    assert f"{wish} 1 counted" in _said(shop, text)[0]


@pytest.mark.parametrize("status", ["キャンセル希望→キャンセル済", "キャンセル申請承認済"])
def test_a_wish_that_was_granted_cancels(shop, status):
    text = _filled("ステータス", {2: status}, blank="完了")
    assert shop.reasons(text) == [(4, "cancelled", "300")]


@pytest.mark.parametrize("name", ["Item", "Description", "Menu"])
def test_products_whose_names_have_a_word_of_cancelling_are_no_statuses(shop, name):
    items = ["Tea", "Return to Nature tea", "Void candle", "Cancelled stamp set"]
    rows = "".join(
        f"{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{items[n % 4]},1000\n" for n in range(48)
    )
    assert sum(shop.amounts(f"Customer,Date,{name},Amount\n" + rows)) == 48_000


@pytest.mark.parametrize("name", ["order_state", "Order State"])
def test_states_of_orders_are_statuses(shop, name):
    states = ["delivered", "delivered", "returned_to_sender", "failed_payment"]
    rows = "".join(
        f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},{states[n % 4]},1000\n"
        for n in range(48)
    )
    assert sum(shop.amounts(f"order_id,customer_id,date,{name},amount\n" + rows)) == 24_000


def test_cancelled_rows_of_a_column_of_another_name_are_told(shop):
    rows = "".join(
        f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-05,{state},1000\n"
        for n, state in enumerate(["canceled", "complete", "complete", "complete"] * 12)
    )
    text = "order_id,customer_id,date,Fulfillment,amount\n" + rows
    assert shop.notes(text)["status_maybe"]["n"] == 12


def test_of_many_values_those_that_leave_rows_out_are_told(shop):
    values = [f"発送済{chr(65 + n)}" for n in range(15)] * 3 + ["キャンセル"]
    rows = "".join(
        f"{n % 9 + 1},2024-{n % 12 + 1:02}-{n % 28 + 1:02},1000,{v}\n" for n, v in enumerate(values)
    )
    told = shop.notes("会員ID,日付,金額,ステータス\n" + rows)["status_values"]["values"].told
    assert ("キャンセル", 1, "out") in told


@pytest.mark.parametrize(
    ("name", "void"),
    [
        ("Statut", "Annulée"),
        ("Stato", "Annullato"),
        ("주문상태", "취소완료"),
        ("订单状态", "已取消"),
    ],
)
def test_statuses_of_other_countries_are_read(shop, name, void):
    rows = "".join(
        f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-05,{void if n % 4 == 0 else 'OK'},1000\n"
        for n in range(48)
    )
    assert sum(shop.amounts(f"order_id,customer_id,date,{name},amount\n" + rows)) == 36_000


def test_a_return_ticket_is_a_sale(shop):
    kinds = ["Single", "Return", "Day pass"]
    rows = "".join(
        f"{n},{n % 9 + 1},2024-{n % 12 + 1:02}-05,{kinds[n % 3]},1000\n" for n in range(48)
    )
    assert sum(shop.amounts("order_id,customer_id,date,Type,amount\n" + rows)) == 48_000
