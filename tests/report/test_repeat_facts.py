"""The worked client of conftest, and customers typed here: what is said about coming again."""

import pytest

from toolkit.report.book_facts import book_facts
from toolkit.report.sections.repeat_rates import warning_key


@pytest.fixture(scope="module")
def facts(client):
    return book_facts(client("ledger").book)


def test_the_two_rates_divide_the_same_by_different_customers(facts):
    # 2025: buyers A, E, F, G, H, I; of these G and H only for the first time, F for the second
    # too; ten customers ever bought. H's day of 5 December only gave back.
    both = [facts[f"repeat.{k}"] for k in ("repeater_rate", "repeat_rate")]
    assert [(f.numerator, f.denominator) for f in both] == [(4, 6), (4, 10)]
    assert facts.value("repeat.new") == 3  # F, G and H


def test_a_year_that_begins_while_the_opening_fills_has_no_rate(facts, client):
    # the year before began before the file did
    assert facts["repeat.previous.repeater_rate"].why == "file_too_short"
    assert facts["repeat.previous.new"].why == "file_too_short"
    assert book_facts(client("half a year").book)["repeat.repeat_rate"].why == "file_too_short"


def test_the_day_from_which_on_a_customer_is_late_is_that_of_nine_tenths(facts):
    # those who came again within a year did so after 44 (D), 90 (E), 144 (F), 161 (A), 275 (B) days
    days = [facts.value(f"f2.day_{k}") for k in ("half", "most", "late")]
    assert days == sorted(days) and days[1:] == [161, 275]


@pytest.mark.parametrize(("line", "n"), [(240, 0), (305, 0), (306, 1)])
def test_first_visits_of_filling_months_in_f2_are_counted(client, line, n):
    # F2 counts D (1 November 2024, 305 days after the file's first), E and F
    facts = book_facts(client("ledger", lapse_days=line).book)
    assert (facts.value("f2.filling"), facts["f2.rate"].denominator) == (n, 3)


class Known:
    """Facts by hand: new customers and リピーター率, this year and last."""

    def __init__(self, **values):
        self.values = {
            f"repeat.{k.replace('previous_', 'previous.')}": v for k, v in values.items()
        }

    def known(self, *keys):
        return all(self.values.get(key) is not None for key in keys)

    def value(self, key):
        return self.values[key]


@pytest.mark.parametrize(
    ("new", "new_before", "rate", "rate_before", "key"),
    [
        (80, 100, 0.7, 0.6, "rates.warning_now"),  # rose while fewer came new
        (120, 100, 0.7, 0.6, "rates.warning"),
        (80, 100, 0.5, 0.6, "rates.warning"),
        (80, None, 0.7, None, "rates.warning"),
    ],
)
def test_a_rate_that_rose_while_fewer_came_new_is_told_so(new, new_before, rate, rate_before, key):
    facts = Known(
        new=new, previous_new=new_before, repeater_rate=rate, previous_repeater_rate=rate_before
    )
    assert warning_key(facts) == key
