"""Clients small enough to be worked by hand, and the sample client, told once for all tests."""

import datetime as dt
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from whole_client import write_by_telephone, write_client

from toolkit.action import Economics, Plan, plan_action
from toolkit.action.choice import best_possible
from toolkit.book import keep_book
from toolkit.foresight import foresee
from toolkit.intake import read_sales
from toolkit.sample import SampleShop, make_sample
from toolkit.settings import Settings

HEAD = "customer_id,order_date,amount\n"
GROUPS = ["contact", "hold_out", None, None]

# Two years to 2025-12-31, closing date D; cut-offs 90 days, 70,000, 210 days, 240 days.
# At D - 1 year A, B, D, E and K are active; B, D, E and K are lapsed at D.
LEDGER = """
A,2024-01-01,10000
A,2024-06-10,20000
A,2024-12-20,50000
A,2025-07-01,5000
A,2025-12-31,15000
B,2024-03-01,80000
B,2024-12-01,40000
C,2024-02-01,3000
D,2024-11-01,5000
D,2024-12-15,6000
E,2024-12-10,9000
E,2025-03-10,9000
F,2025-05-10,75000
F,2025-10-01,4000
G,2025-11-11,2500
H,2025-12-01,1000
H,2025-12-05,-1000
I,2024-05-01,3000
I,2025-10-10,3000
J,2025-02-01,-500
K,2024-08-15,7000
,2025-06-06,8000
"""

# Six months of sixty customers: too short for a year, enough to have several months.
HALF_YEAR = "".join(
    f"c{n:02},2025-{7 + (n + k * 2) % 6:02}-{1 + n % 27:02},{1000 + 500 * k}\n"
    for n in range(60)
    for k in range(1 + n % 3)
)

# Three customers in fourteen months: nobody is lost, the last on the way out is neither steady
# nor prime.
THREE = """
A,2024-11-02,1000
A,2025-06-10,1000
A,2025-12-31,1000
B,2025-05-15,2000
C,2025-09-01,3000
C,2025-12-01,3000
""".lstrip()

# Five customers in four years, all new in the first months, all kept in the last two years.
FIVE = "".join(
    f"{name},{year}-{month:02}-10,{amount}\n"
    for month, (name, amount) in enumerate(zip("ABCDE", (9, 8, 7, 6, 5), strict=True), 1)
    for year in (2022, 2023, 2024, 2025)
).replace("A,2025-01-10,9\n", "A,2025-01-10,9\nA,2025-12-31,9\n")

# Six customers who bought for as much in either year; and four of whom the new one gave back more
# than it bought.
AS_BEFORE = "".join(
    f"{name},{year}-{month:02}-{day:02},1000\n"
    for day, name in enumerate("ABCDEF", 1)
    for year in (2023, 2024, 2025)
    for month in (1, 7)
)
GIVEN_BACK = AS_BEFORE + "Z,2025-02-01,500\nZ,2025-02-02,-1000\n"

# Four customers who come after 100, 100 and 300 days and so on, two weeks apart.
RETURNING = "".join(
    f"{name},{dt.date(2022, 1, 10) + dt.timedelta(days=14 * k + 500 * n + after)},3000\n"
    for k, name in enumerate("ABCD")
    for n in range(3)
    for after in (0, 100, 200)
)

# The same four, and one new customer in every month after the file's first nine.
FEW_AT_FIRST = RETURNING + "".join(
    f"L{n},{2022 + (9 + n) // 12}-{1 + (9 + n) % 12:02}-15,3000\n" for n in range(32)
)

# Ninety customers with numbers that would run or restyle; every fifth came back last autumn.
HOSTILE = "".join(
    f'"{sign}{n}",2024-{1 + n % 12:02}-{1 + n % 28:02},{4000 + 10 * n}\n'
    + (f'"{sign}{n}",2025-09-{1 + n % 28:02},5000\n' if n % 5 == 0 else "")
    for n in range(90)
    for sign in [
        ("=1+1|", "<img src=x onerror=alert(1)>", "</table><script>alert(2)</script>")[n % 3]
    ]
)

FILES = {
    "ledger": (HEAD + LEDGER.lstrip(), {}),
    "one customer": (HEAD + "A,2024-01-05,1000\nA,2025-03-01,2500\n", {}),
    "one date": (HEAD + "".join(f"c{n:02},2025-06-01,{1000 + n}\n" for n in range(80)), {}),
    "no amounts": (
        "customer_id,order_date\n"
        + "".join(",".join(line.split(",")[:2]) + "\n" for line in LEDGER.split()),
        {"no_amount": True},
    ),
    "half a year": (HEAD + HALF_YEAR, {}),
    "one order": (HEAD + "A,2025-06-01,3000\n", {}),
    "two in a day": (HEAD + "A,2025-06-01,3000\nB,2025-06-01,5000\n", {}),
    "three in a year": (HEAD + THREE, {}),
    "five for years": (HEAD + FIVE, {}),
    "one regular": (HEAD + AS_BEFORE[: AS_BEFORE.index("B")], {"closing_date": "2025-07-31"}),
    "as before": (HEAD + AS_BEFORE, {"closing_date": "2025-07-31"}),
    "given back": (HEAD + GIVEN_BACK, {"closing_date": "2025-07-31"}),
    "four who return": (HEAD + RETURNING, {}),
    "four at first": (HEAD + FEW_AT_FIRST, {}),
    "five without amounts": (
        "customer_id,order_date\n" + "".join(x[: x.rindex(",")] + "\n" for x in FIVE.split()),
        {"no_amount": True},
    ),
    "twelve": (HEAD + "".join(f"c{n:02},2025-06-01,{1000 * n}\n" for n in range(1, 13)), {}),
    "hostile": (HEAD + HOSTILE, {"margin": 0.9, "contact_cost": 1, "channels": "letter,mail"}),
    "mail addresses": (
        "Email,Phone,order_date,amount\n"
        + "".join(f"c{n}@example.com,,2025-0{1 + n % 9}-05,{1000 + n}\n" for n in range(9)),
        {},
    ),
    "dollars": (
        HEAD + "A,2024-01-05,19.99\nA,2024-03-01,0.10\n=1+1,2025-12-31,100.20\n",
        {"currency": "USD", "profile": "classic"},
    ),
}
WHOLE = {"whole": write_client, "whole by telephone": write_by_telephone}


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    """`client(name, **settings)`: the story of a client, with book, outlook, plan and settings.

    The names are those of FILES, `sample`, the invented shop in small, and of WHOLE, a client who
    has everything.
    """
    folder = tmp_path_factory.mktemp("clients")

    @cache
    def told(name, **settings):
        path = folder / f"{name}.csv"
        more = {}
        if name == "sample":
            if not path.exists():
                path.write_bytes(make_sample(SampleShop(customers=900)).sales_csv)
        elif name in WHOLE:
            more = WHOLE[name](folder)
        else:
            text, more = FILES[name]
            path.write_text(text, encoding="utf-8")
        return story(path, more | settings)

    return told


def story(path: Path, settings: dict) -> SimpleNamespace:
    """The five lines of the notebook."""
    chosen = Settings.checked({"sales_file": str(path)} | settings)
    book = keep_book(read_sales(chosen.sales_file, chosen), chosen)
    outlook = foresee(book, chosen)
    plan = plan_action(book, outlook, chosen)
    return SimpleNamespace(settings=chosen, book=book, outlook=outlook, plan=plan)


@pytest.fixture
def ranked():
    """Four lapsed customers on a win-back list, amounts in minor units."""
    rows = [
        # rank, customer, decision, layer, silent, visits, amount, rhythm, chance, margin if back,
        # break-even, priority at the middle, low and high response
        (1, "=1+1", "contact", "prime", 300, 12, 150_000, 30.4, 0.2, 9_000, 0.0133, 240, 24, 600),
        (2, "B7", "test", "steady", 250, 2, 6_000, 61.0, 0.3, 3_000, 0.04, 37.5, -57, 195),
        (3, "C9", "leave", "first", 244, 1, 3_000, None, 0.1, 2_000, 0.06, -75, -102, -30),
        (4, "D1", "leave", "burst", 900, 3, 90_000, 9.5, 0.01, 400, None, -119, -120, -118),
    ]
    names = "rank customer_id decision layer gap_days n_visits amount rhythm_days chance"
    names += " margin_if_returns break_even priority priority_low priority_high"
    frame = pd.DataFrame(rows, columns=names.split())
    last = [dt.date(2025, 12, 31) - dt.timedelta(days=n) for n in frame.gap_days]
    frame = frame.assign(last_date=last, contact_cost=120, offer_cost=0, uplift=0.04)
    frame = frame.assign(send=frame.priority > 0, channel="letter", margin_share=0.4)
    frame = frame.assign(spend_per_visit=frame.margin_if_returns, visits_if_back=2.5)
    return frame.assign(kappa_low=0.1, kappa=0.25, kappa_high=0.5, group=GROUPS)


@pytest.fixture
def plan(ranked):
    """The plan around that list; seven left out."""
    economics = Economics(0.4, 120.0, 0.0, (0.1, 0.25, 0.5), ("margin", "contact_cost"))
    left_out = {"too_long": 5, "first_time": 2}
    best = best_possible(ranked)
    return Plan(economics, ranked, left_out, best=best, best_within=best)
