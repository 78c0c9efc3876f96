from decimal import Decimal
from fractions import Fraction

import pytest

from toolkit.report.facts import (
    CUSTOMERS,
    DAYS,
    RATIO,
    ROWS,
    SHARE,
    VISITS,
    Fact,
    Facts,
    as_json,
    count,
    in_major,
    money,
    rate,
)
from toolkit.words import Words

JA, EN = Words("ja"), Words("en")


def test_a_count_says_why_only_when_it_is_missing():
    assert count("a", 3, CUSTOMERS, "f", "never") == Fact("a", 3, CUSTOMERS, source="f")
    assert count("a", None, CUSTOMERS, "f", "never").why == "never"
    assert count("a", 0, CUSTOMERS, "f", "never").why is None


def test_a_rate_keeps_what_it_divides_by_what():
    assert rate("r", (2, 8), "f") == Fact("r", 0.25, SHARE, 2, 8, source="f")


@pytest.mark.parametrize(
    "parts, given, why, kept",
    [
        (None, "file_too_short", "file_too_short", (None, None)),
        (None, None, "zero_denominator", (None, None)),
        ((0, 0), None, "zero_denominator", (None, None)),
        ((2, 4), None, "too_few", (2, 4)),
    ],
)
def test_a_rate_of_nothing_or_of_fewer_than_five_is_null_with_a_reason(parts, given, why, kept):
    fact = rate("r", parts, "f", given, estimate=True)
    assert (fact.value, fact.why, fact.interval) == (None, why, None)
    assert (fact.numerator, fact.denominator) == kept


def test_five_are_enough_for_a_rate():
    assert rate("r", (1, 5), "f").value == 0.2


def test_an_estimated_rate_has_the_wilson_interval():
    # k = 5, n = 10, z = 1.959964: centre 0.5, half width 0.263406 (Wilson 1927, by hand)
    low, high = rate("r", (5, 10), "f", estimate=True).interval
    assert (low, high) == pytest.approx((0.236593, 0.763407), abs=2e-6)


def test_money_is_exact_in_major_units():
    assert money("m", 123456789012345670, "JPY", "f").value == Decimal("123456789012345670")
    assert money("m", 1999, "USD", "f").value == Decimal("19.99")
    assert str(money("m", 10, "USD", "f").value) == "0.10"
    assert money("m", None, "JPY", "f", "needs_two_years").why == "needs_two_years"


def test_means_have_two_digits_more_than_the_currency_rounded_half_up():
    assert str(in_major(Fraction(233_000, 11), "JPY")) == "21181.82"
    assert str(in_major(Fraction(1, 8), "USD")) == "0.0013"  # an eighth of a cent: 0.00125
    assert str(in_major(2.5, "JPY")) == "2.50"


def test_json_has_money_as_text_counts_as_integers_and_shares_as_numbers():
    facts = Facts(
        [
            count("n", 3, VISITS, "f"),
            rate("r", (1, 5), "f"),
            money("m", 1010, "USD", "f", interval=(Decimal("1.00"), None)),
        ]
    )
    n, r, m = as_json(facts)
    assert n == {
        "id": "n",
        "value": 3,
        "unit": "visits",
        "numerator": None,
        "denominator": None,
        "interval": None,
        "why": None,
        "source": "f",
    }
    assert (r["value"], r["numerator"], r["denominator"]) == (0.2, 1, 5)
    assert (m["value"], m["unit"], m["interval"]) == ("10.10", "USD", ["1.00", None])


def test_large_amounts_are_written_without_an_exponent():
    (fact,) = as_json(Facts([Fact("m", Decimal("1E+9"), "JPY")]))
    assert fact["value"] == "1000000000"


@pytest.mark.parametrize(
    "fact, ja, en",
    [
        (Fact("a", 1234, CUSTOMERS), "1,234", "1,234"),
        (Fact("a", 1234, ROWS), "1,234", "1,234"),
        (Fact("a", 0.2, SHARE), "20.0%", "20.0%"),
        (Fact("a", 240, DAYS), "240日", "240 days"),
        (Fact("a", 4 / 3, RATIO), "1.33", "1.33"),
        (Fact("a", Decimal("1234.50"), "JPY"), "¥1,235", "¥1,235"),
        (Fact("a", Decimal("19.99"), "USD"), "$19.99", "$19.99"),
        (Fact("a", None, SHARE), "–", "–"),
    ],
)
def test_a_fact_writes_itself_by_its_unit(fact, ja, en):
    assert (fact.write(JA, ""), fact.write(EN, "")) == (ja, en)


def test_a_form_overrides_the_unit():
    assert Fact("a", 240, DAYS).write(EN, "count") == "240"


def test_facts_are_found_by_id_and_fill_sentences():
    facts = Facts([Fact("customers.ever", 12, CUSTOMERS)]) + Facts([Fact("lapse.days", None, DAYS)])
    assert facts.value("customers.ever") == 12
    assert "lapse.days" in facts and "hole.year" not in facts
    assert facts.known("customers.ever")
    assert not facts.known("customers.ever", "lapse.days")
    assert not facts.known("hole.year")
    assert facts.say(EN, "verdict.too_little").startswith("Too few customers for a verdict (12)")


def test_a_later_fact_replaces_an_earlier_one_of_the_same_id():
    facts = Facts([Fact("a", 1, CUSTOMERS)]) + Facts([Fact("a", 2, CUSTOMERS)])
    assert [fact.value for fact in facts] == [2]
