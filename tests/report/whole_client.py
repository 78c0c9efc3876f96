"""A client who has everything: product lines, subscriptions, a contact log, a prospect list, and a
file in which something of every kind looks wrong. Names, sources and numbers try to be formulas."""

import csv
import datetime as dt
import random

CLOSING = dt.date(2025, 12, 20)  # no month end
CLOSED = (dt.date(2024, 8, 5), dt.date(2024, 8, 25))  # nothing sold from the first to the second
BUSY = dt.date(2025, 5, 14)
CUSTOMERS = 480
HEAD = ("customer_id", "phone", "order_id", "order_date", "product_id", "product_name")
HEAD += ("quantity", "amount", "定期")
PRODUCTS = {
    "=tea": "=1+1",
    "cup": "湯のみ",
    "pot": "+pot",
    "mug": "-mug",
    "tin": "@tin",
    "oil": "oil",
}
PRICES = dict(zip(PRODUCTS, (900, 1500, 3200, 1200, 700, 5400), strict=True))


def orders(chance: random.Random):
    """(customer, day, products, subscription) of every order, oldest customers first."""
    for n in range(CUSTOMERS):
        first = dt.date(2022, 6, 1) + dt.timedelta(days=chance.randrange(1270))
        faithful, day = chance.random() < 0.45, first
        while day <= CLOSING:
            basket = chance.sample(sorted(PRODUCTS), chance.choice((1, 2, 2, 3)))
            if not CLOSED[0] <= day <= CLOSED[1]:
                yield n, day, basket, faithful and n % 3 == 0 and day > first
            if chance.random() > (0.85 if faithful else 0.3):
                break
            day += dt.timedelta(days=chance.randrange(15, 110))


def sales_rows():
    """The rows of the sales file."""
    chance, number, rows = random.Random(7), 0, []

    def sold(customer, day, basket, marked=False, times=1):
        nonlocal number
        number += 1
        phone = f"03-1234-{5000 + (0 if customer == '@1' else int(customer[1:])):04}"
        for code in basket:
            quantity = chance.choice((1, 1, 2))
            amount = times * quantity * PRICES[code]
            rows.append(
                (customer, phone, f"o{number}", day, code, PRODUCTS[code], quantity, amount)
                + ("定期" if marked else "",)
            )

    for n, day, basket, marked in orders(chance):
        sold(f"@{n}", day, basket, marked)  # customers 0 and 1 have one telephone number
    for n in range(2, 60):
        sold(f"@{n}", BUSY, ["cup"])
    for _ in range(12):
        sold("@70", dt.date(2025, 10, 9), ["cup"])
    sold("@80", dt.date(2025, 9, 9), ["oil"], times=900)
    sold("@90", CLOSING, ["cup"])
    rows.append(("@91", "", f"o{number + 1}", "=1+1", "cup", "湯のみ", 1, 1500, ""))
    return rows


def write_client(folder):
    """Write the files of the client; the settings to read them with."""
    days = [CLOSING - dt.timedelta(days=n) for n in range(400)]
    log = [(f"@{n}", days[3 * n % 380], "mail", "=moved") for n in range(0, 400, 3)]
    listed = [(f"@{n}", days[-n % 350], "=web") for n in range(300, 360)]
    listed += [(f"p{n}", days[n], "fair") for n in range(40)]
    texts = {
        "sales": (HEAD, sales_rows()),
        "contacts": (("customer_id", "contact_date", "channel", "reason"), log),
        "prospects": (("customer_id", "registered_at", "source"), listed),
    }
    for name, (head, rows) in texts.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
    earlier = {"earlier_lists": str(write_earlier(folder / "earlier"))}
    return {f"{name}_file": str(folder / f"{name}.csv") for name in texts} | earlier


def write_earlier(folder):
    """Write the lists of two earlier diagnoses, one of them sent; their folder."""
    head = ("customer_id", "list", "campaign", "closing_date", "group", "chance", "layer", "band")
    head += ("channel", "contact_cost", "offer_cost", "margin_share", "sent", "reason")
    for day, sent in (("2025-06-30", "2025/7/3"), ("2025-09-30", "")):
        rows = []
        for n in range(0, 300, 2):
            group = "hold_out" if n % 10 == 0 else "contact"
            filled = sent if group == "contact" else ""
            reason = "=too dear" if n % 14 == 0 else "moved" if n == 2 else ""
            row = (f"'@{n}", "winback", f"to {day[:7]}", day, group, f"{0.1 + n / 1000:.3f}")
            rows.append((*row, "steady", n % 5, "letter", 120, 0, 0.4, filled, reason))
        (folder / day).mkdir(parents=True, exist_ok=True)
        with (folder / day / "groups.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([head, *rows])
    return folder


def write_by_telephone(folder):
    """Write the sales alone, without the customers' numbers; the settings to read them with."""
    with (folder / "telephone.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(row[1:] for row in [HEAD, *sales_rows()])
    return {"sales_file": str(folder / "telephone.csv")}
