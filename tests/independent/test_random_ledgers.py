"""Random small ledgers: the toolkit against the reference, and against itself."""

import csv
import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import public_face
import pytest
import reference
import reference_year
from edge_ledgers import LEDGERS, SHORT
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

START = dt.date(2020, 1, 20)  # with a 29 February ahead

ALMOST = "two years less a day"


def examples(number):
    """Few examples of many days each: nearly all of the time goes into opening the engine.

    Failing ledgers are shown as found, for shrinking one takes minutes.
    """
    phases = [phase for phase in Phase if phase is not Phase.shrink]
    slow = [HealthCheck.too_slow]
    return settings(max_examples=number, deadline=None, suppress_health_check=slow, phases=phases)


CUTS = st.sampled_from(
    [
        reference.Cutoffs(90, 7_000, 210, 240),
        reference.Cutoffs(30, 2_500, 60, 60),
        reference.Cutoffs(10, 1_000, 120, 30),
        reference.Cutoffs(60, 2_000, 61, 366),
    ]
)


@st.composite
def ledgers(draw):
    """(orders, cut-offs): up to six customers over some three years, in any order of rows.

    Steps between orders and amounts are few and lie on the cut-offs or one beside them, so that
    days meet, lines are hit exactly and a return often takes money back below the amount line.
    """
    cut = draw(CUTS)
    lapse, line = cut.lapse_days, cut.amount_line
    near = [lapse - 1, lapse, lapse, lapse + 1, cut.fledgling_days, cut.prime_days]
    steps = st.sampled_from([0, 0, 1, 5, 20, 45, 90, 365, *near])
    amounts = st.sampled_from([0, 1, 499, line // 2, line, line, -1, -1, -line // 2, -line])
    orders = []
    for number in range(draw(st.integers(1, 6))):
        day = START + dt.timedelta(draw(st.integers(0, 400)))
        for step, amount in draw(st.lists(st.tuples(steps, amounts), min_size=1, max_size=12)):
            day += dt.timedelta(step)
            orders.append((f"K{number}", day, amount))
    orders = [order for order in orders if order[1] < START + dt.timedelta(1_200)]
    assume(orders and reference.customers_at_closing(reference.book_of(orders)))
    return draw(st.permutations(orders)), cut


def toolkit_book(orders, cut, closing=None, numbered=False):
    """The toolkit's book of these orders, written to a file and read from it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sales.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["order_id"] * numbered + ["customer_id", "date", "amount"])
            for number, (customer, day, amount) in enumerate(orders):
                row = [customer, day.isoformat(), f"{Decimal(amount) / 100:.2f}"]
                writer.writerow([f"A{number:04}"] * numbered + row)
        _, book = public_face.ledger_and_book(
            path,
            currency="USD",
            profile="classic",
            fledgling_days=cut.fledgling_days,
            amount_line=Decimal(cut.amount_line) / 100,
            prime_days=cut.prime_days,
            lapse_days=cut.lapse_days,
            closing_date=closing,
        )
        return answers(book)


def answers(book):
    """Everything the toolkit says about a book, in plain values."""
    return {
        "layers": public_face.layer_months(book),
        "bucket": public_face.bucket_months(book),
        "customers": public_face.customers(book),
        "moves": public_face.moves(book),
        "year": public_face.year(book),
        "hole": public_face.hole(book),
        "returns": public_face.returns(book),
        "bucket of the year": public_face.bucket_year(book),
        "sales": public_face.sales(book),
        "money": public_face.year_groups(book),
        "f2": public_face.share(book.f2()),
        "lapse error": public_face.share(book.lapse_error()),
    }


def check_year(view, book):
    """Two full years: every figure. Less: what needs the year before is absent, not guessed."""
    wanted = reference_year.year_view(book)
    if reference_year.covers_two_years(book):
        assert view == wanted
        return
    for name in ("previous", "kept", "lost", "revived"):
        assert view[name] is None, name
    for name in ("active", "new"):
        assert view[name] in (None, wanted[name]), name


def check(orders, cut, numbered):
    found = toolkit_book(orders, cut, numbered=numbered)
    book = reference.book_of(orders, cut=cut)
    assert found["moves"] == reference.all_moves(book)
    assert found["customers"] == reference.customers_at_closing(book)
    assert found["layers"] == reference.layer_months(book)
    assert found["bucket"] == reference.bucket_months(book)
    assert found["hole"] == reference_year.hole_year(book)
    check_year(found["year"], book)
    assert found["returns"] == reference.all_returns(book)
    assert found["bucket of the year"] == reference.bucket_year(book)
    assert found["sales"] == reference_year.sales_year(book)
    assert found["money"] == reference_year.year_money(book)
    assert found["f2"] == reference_year.f2_rate(book)
    assert found["lapse error"] == reference_year.lapse_error_rate(book)


@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("name", list(LEDGERS))
def test_the_toolkit_agrees_with_the_reference_on_every_edge(name, numbered):
    check(LEDGERS[name], SHORT, numbered)


def test_a_file_one_day_short_of_two_years_is_short():
    orders = LEDGERS[ALMOST]
    assert toolkit_book(orders, SHORT)["year"]["previous"] is None


@examples(10)
@given(ledgers(), st.booleans())
def test_the_toolkit_agrees_with_the_reference(ledger, numbered):
    check(*ledger, numbered)


@examples(4)
@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(ledger, random):
    orders, cut = ledger
    shuffled = random.sample(orders, len(orders))
    assert toolkit_book(shuffled, cut) == toolkit_book(orders, cut)


@examples(4)
@given(ledgers())
def test_renaming_customers_changes_nothing_but_the_names(ledger):
    orders, cut = ledger
    names = {f"K{number}": f"{'ZYXWVU'[number]}-é{number}" for number in range(6)}
    before = toolkit_book(orders, cut)
    after = toolkit_book([(names[who], day, amount) for who, day, amount in orders], cut)
    for part in ("customers", "moves", "returns"):
        before[part] = {names[who]: rows for who, rows in before[part].items()}
    assert after == before


@examples(4)
@given(ledgers(), st.data())
def test_an_earlier_closing_date_is_the_file_cut_at_that_date(ledger, data):
    orders, cut = ledger
    closing = data.draw(st.sampled_from(sorted({day for _, day, _ in orders})))
    known = [order for order in orders if order[1] <= closing]
    assume(reference.customers_at_closing(reference.book_of(known)))
    cut_file = toolkit_book(known, cut)
    assert toolkit_book(orders, cut, closing=closing) == cut_file
