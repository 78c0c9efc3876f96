"""Lists by customer, with the customer written once."""

HEAD = "得意先コード,得意先名,売上日,伝票番号,売上金額\n"
BLOCKS = (
    (("A", "甲社"), ((1, 100), (9, 200), (20, 300))),
    (("B", "乙社"), ((3, 400), (5, 500))),
    (("C", "丙社"), ((2, 600), (8, 700), (9, 800))),
    (("A", "甲社"), ((4, 900), (6, 50))),
)
SOLD = [
    ("A", 100),
    ("A", 200),
    ("A", 300),
    ("B", 400),
    ("B", 500),
    ("C", 600),
    ("C", 700),
    ("C", 800),
]


def content(blocks, total="", head=HEAD):
    lines, slip = [], 1000
    for who, sales in blocks:
        for n, (day, amount) in enumerate(sales):
            slip += 1
            lines.append(
                ",".join((*(who if not n else ("", "")), f"2024/5/{day}", f"{slip},{amount}"))
            )
        if total:
            lines.append(total)
    return head + "\n".join(lines) + "\n"


def sold(shop, text):
    return [(each["customer_id"], each["amount"]) for each in shop.orders(text)]


def test_blocks_that_end_with_their_total(shop):
    """A customer may come again further down."""
    text = content(BLOCKS, ",得意先計,,,0")
    assert sold(shop, text) == [*SOLD, ("A", 900), ("A", 50)]
    assert {reason for _, reason, _ in shop.reasons(text)} == {"heading_or_total"}
    assert shop.notes(text)["customers_filled_down"] == {"column": "得意先コード", "n": 6}


def test_blocks_whose_days_begin_anew(shop):
    assert sold(shop, content(BLOCKS[:3])) == SOLD


def test_sales_of_members_and_others_stay(shop):
    """By the day, with members who each come once: nobody knows whose the others are."""
    rows = ((("A", "甲社"), ((1, 100), (2, 200))), (("B", "乙社"), ((3, 400), (5, 500))))
    text = content((*rows, (("C", "丙社"), ((7, 600), (8, 700)))))
    assert sold(shop, text) == [("A", 100), ("B", 400), ("C", 600)]
    told = shop.notes(text)["customers_blank_below"]
    assert told == {"column": "得意先コード", "n": 3, "row": 3}


def test_a_customer_right_below_itself_is_no_list_by_customer(shop):
    rows = (BLOCKS[0], (("A", "甲社"), ((2, 5), (3, 6))), BLOCKS[1], BLOCKS[2])
    text = content(rows)
    assert "customers_filled_down" not in shop.notes(text)
    assert "customers_blank_below" not in shop.notes(text)


def test_guests_of_a_day_are_not_the_customer_above(shop):
    days = range(27, 0, -1)
    rows = [f"2024-01-{d:02},C{d},1000\n2024-01-{d:02},,1500\n" for d in days]
    ledger = shop.read("購入日,顧客番号,金額\n" + "".join(rows))
    assert ledger.source.rows_kept == 27
    rows = [f"2024-01-{d:02},C{d},1000\n2024-01-{d:02},,1500\n小計,,2500\n" for d in days]
    assert shop.read("購入日,顧客番号,金額\n" + "".join(rows)).source.rows_kept == 27
