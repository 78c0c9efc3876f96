import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from toolkit.words import Words, Written, money

JA, EN = Words("ja"), Words("en")


@pytest.mark.parametrize(
    ("value", "form", "ja", "en"),
    [
        (1_234_567, "count", "1,234,567", "1,234,567"),
        (1_234.5, "", "1,235", "1,235"),
        (0.1234, "share", "12.3%", "12.3%"),
        (Fraction(1, 3), "share", "33.3%", "33.3%"),
        (1, "share", "100.0%", "100.0%"),
        (0.05, "points", "5.0ポイント", "5.0 points"),
        (-0.0125, "points", "-1.3ポイント", "-1.3 points"),
        (240, "days", "240日", "240 days"),
        (1, "days", "1日", "1 day"),
        (1.4, "days", "1日", "1 day"),
        (0, "days", "0日", "0 days"),
        (1_095, "days", "1,095日", "1,095 days"),
        (1.005, "ratio", "1.01", "1.01"),
        (0.12345, "score", "0.123", "0.123"),
        (70_000, "money", "¥70,000", "¥70,000"),
        (-70_000, "money", "-¥70,000", "-¥70,000"),
        (dt.date(2024, 2, 29), "", "2024-02-29", "2024-02-29"),
        ("優良", "", "優良", "優良"),
    ],
)
def test_a_value_is_written_as_the_language_has_it(value, form, ja, en):
    assert (JA.write(value, form), EN.write(value, form)) == (ja, en)


@pytest.mark.parametrize("form", ["", "count", "share", "points", "days", "money", "ratio"])
def test_what_is_not_known_is_a_dash_in_every_form(form):
    assert JA.write(None, form) == EN.write(None, form) == "–"


def test_the_yen_sign_is_the_narrow_one_in_both_languages():
    assert JA.write(1, "money") == EN.write(1, "money") == "¥1"
    assert "￥" not in money(10**9, "JPY", "ja")


def test_money_is_written_to_its_own_precision():
    assert EN.write(Decimal("1999.995"), "money", "USD") == "$2,000.00"
    assert EN.write(Decimal("0.5"), "money", "JPY") == "¥1"
    assert EN.write(Decimal("1.2345"), "money", "KWD").endswith("1.235")


def test_whole_numbers_too_large_for_a_float_stay_exact():
    assert EN.write(2**53 + 1, "count") == "9,007,199,254,740,993"
    assert EN.write(2**53 + 1, "money") == "¥9,007,199,254,740,993"


@pytest.mark.parametrize(
    ("form", "text"), [("share", "0.0%"), ("points", "0.0 points"), ("", "0"), ("money", "¥0")]
)
def test_what_rounds_to_zero_has_no_sign(form, text):
    assert EN.write(-0.0001, form) == text


def test_halves_are_rounded_up_not_to_even():
    assert [EN.write(value) for value in (0.5, 1.5, 2.5)] == ["1", "2", "3"]
    assert EN.write(0.0005, "share") == "0.1%"  # 0.05 %


@pytest.fixture
def said(monkeypatch):
    """Says a sentence of the test's own."""

    def say(sentence, language="en", **values):
        words = Words(language)
        monkeypatch.setattr(words, "_words", {**words._words, "test.sentence": sentence})
        return words.say("test.sentence", **values)

    return say


def test_a_sentence_is_filled_with_values_in_their_forms(said):
    text = said(
        "{name}: {n:count} ({rate:share}) in {span:days}", name="A", n=1_000, rate=0.5, span=3
    )
    assert text == "A: 1,000 (50.0%) in 3 days"


def test_money_in_a_sentence_takes_the_currency_given(said):
    assert said("{cost:money}", cost=5, currency="USD") == "$5.00"
    assert said("{cost:money}", cost=5) == "¥5"


def test_a_name_with_dots_is_one_name(said):
    assert said("{hole.year:share} / {hole}", **{"hole.year": 0.25, "hole": 1}) == "25.0% / 1"


def test_a_value_that_knows_its_unit_writes_itself(said):
    class Fact(Written):
        def write(self, words, form):
            return f"{words.language}:{form}"

    assert said("{lapse.days}", **{"lapse.days": Fact()}) == "en:"
    assert said("{lapse.days:share}", "ja", **{"lapse.days": Fact()}) == "ja:share"


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (0, "0 customers are left"),
        (1, "1 customer is left"),
        (2, "2 customers are left"),
        (0.6, "1 customer is left"),
        (1_000, "1,000 customers are left"),
        ("1", "1 customer is left"),
        (None, "– customers are left"),
    ],
)
def test_the_word_behind_a_number_is_in_its_number(said, n, text):
    assert said("{n} {n|customer is|customers are} left", n=n) == text


def test_the_word_behind_a_number_follows_a_value_that_writes_itself(said):
    class Days(Written):
        def write(self, words, form):
            return "1" if form == "count" else "one"

    assert said("{lapse.days} {lapse.days|day|days}", **{"lapse.days": Days()}) == "one day"


def test_the_word_behind_a_number_needs_the_number(said):
    with pytest.raises(KeyError, match="n"):
        said("{n|day|days}")


def test_a_value_that_is_not_given_is_an_error(said):
    with pytest.raises(KeyError, match="missing"):
        said("{missing}")


def test_a_key_is_looked_up_and_asked_for():
    assert JA["layer.prime"] == "優良" and "layer.prime" in JA
    assert "layer.none" not in JA and set(JA.keys()) == set(EN.keys())


def test_only_the_two_languages_have_words():
    with pytest.raises(ValueError, match="'fr'"):
        Words("fr")


def test_sentences_follow_each_other_as_the_language_has_it():
    assert (
        Words("ja").joined(["水位は下がります。", "58人です。"]) == "水位は下がります。58人です。"
    )
    assert Words("en").joined(["The level falls.", "It is 58."]) == "The level falls. It is 58."
