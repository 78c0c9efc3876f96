import pytest

from toolkit.report.book_facts import book_facts
from toolkit.report.facts import CUSTOMERS, SHARE, Fact, Facts
from toolkit.report.verdict import verdict
from toolkit.words import LANGUAGES, Words


def facts(hole, lost=100, inflow=100, ever=50, why=None):
    return Facts(
        [
            Fact("hole.year", hole, SHARE, why=why),
            Fact("bucket.year.lost", lost, CUSTOMERS),
            Fact("bucket.year.inflow", inflow, CUSTOMERS),
            Fact("customers.ever", ever, CUSTOMERS),
        ]
    )


@pytest.mark.parametrize(
    "hole, lost, inflow, said",
    [
        (0.35, 101, 100, "plug_falling"),
        (0.35, 99, 100, "plug_rising"),
        (0.35, 100, 100, "plug_steady"),  # as many came in as went out
        (0.1999, 100, 100, "tap_steady"),
        (0.1999, 101, 100, "tap_falling"),
        (0.1999, 99, 100, "tap_rising"),
        (0.0, 0, 0, "tap_steady"),
        (0.2, 101, 100, "plug_falling"),  # one in five is not "fewer than one in five"
        (0.2, 99, 100, "plug_rising"),
        (1.0, 101, 0, "plug_falling"),
    ],
)
def test_a_hole_is_plugged_before_the_tap_is_opened(hole, lost, inflow, said):
    assert verdict(facts(hole, lost, inflow), 0.2) == said


def test_what_counts_as_small_is_a_setting():
    assert verdict(facts(0.25), 0.2) == "plug_steady"
    assert verdict(facts(0.25), 0.3) == "tap_steady"


def test_one_in_five_of_whole_customers_is_exactly_one_in_five():
    assert verdict(facts(71 / 355), 0.2) == "plug_steady"


def test_without_a_measured_hole_the_verdict_says_why():
    assert verdict(facts(None, why="file_too_short"), 0.2) == "too_early"
    assert verdict(facts(None, why="nobody_active"), 0.2) == "no_one"


def test_under_fifty_customers_it_is_too_little_whatever_the_hole():
    assert verdict(facts(None, ever=49), 0.2) == "too_little"
    assert verdict(facts(0.9, ever=49), 0.2) == "too_little"
    assert verdict(facts(0.9, ever=50), 0.2) == "plug_steady"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_has_its_sentence(language):
    words = Words(language)
    keys = list(words.keys())
    said = {key.removeprefix("verdict.") for key in keys if key.startswith("verdict.")}
    ways = {f"{leak}_{way}" for leak in ("plug", "tap") for way in ("falling", "rising", "steady")}
    assert said == ways | {"too_early", "too_little", "no_one"}


@pytest.mark.parametrize(
    "name, said",
    [("ledger", "too_little"), ("one customer", "too_little"), ("half a year", "too_early")],
)
def test_small_clients_get_the_verdict_they_can_bear(client, name, said):
    assert verdict(book_facts(client(name).book), 0.2) == said
