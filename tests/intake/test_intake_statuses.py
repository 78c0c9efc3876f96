"""What the status columns of files of no known system say of their rows."""

import pytest
from status_files import HEAD, marked


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
        "不泊",
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


def test_a_status_column_named_by_hand_works_by_its_name(shop):
    text = HEAD.format(name="注文取消_flg") + "1,2024-01-05,5,1\n1,2024-01-06,6,0\n"
    assert shop.amounts(text, status_column="注文取消_flg") == [6]


def test_a_blank_status_is_the_orders_and_else_counts(shop):
    head = "注文番号,会員ID,注文日,金額,状態\n"
    text = head + "A,1,2024-01-05,5,キャンセル\nA,1,2024-01-05,6,\nB,1,2024-01-06,7,\n"
    assert shop.amounts(text) == [7]
    assert [row for row, *_ in shop.reasons(text)] == [2, 3]


def test_payments_are_the_sales_where_nothing_else_is(shop):
    text = HEAD.format(name="type") + "1,2024-01-05,5,payment\n1,2024-02-06,3,refund\n"
    assert shop.amounts(text) == [5, -3]


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
    reasons = {reason for _, reason, _ in shop.reasons(marked(name, out, kept))}
    assert reasons == {"cancelled"}
    assert len(shop.amounts(marked(name, out, kept))) == 35  # 40 less every eighth


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
    reasons = [reason for _, reason, _ in shop.reasons(marked(name, out, kept))]
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
    assert len(shop.amounts(marked(name, one, other))) == 40


def test_remarks_with_a_word_of_cancelling_are_told_and_left_in(shop):
    text = marked("備考", "本人よりキャンセル", "のし希望")
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
