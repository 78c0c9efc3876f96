"""The record of the methods on the page: every figure of the verdict, in both languages."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from read_sections import soup

from toolkit.foresight.referee import Verdict
from toolkit.report.sections.certainty import certainty, no_chances
from toolkit.report.sections.record import record
from toolkit.report.shown import Shown
from toolkit.words import LANGUAGES, Words

EN, JA = Words("en"), Words("ja")
BEHIND = ["behind", "behind_low", "behind_high"]


def table_of(method, used, columns, *rows):
    frame = pd.DataFrame(rows, columns=[*columns, *BEHIND])
    frame.insert(0, "method", method)
    return frame.assign(used=[name == used for name in method])


RANKING = table_of(
    ["recency", "regression", "boosting"],
    "regression",
    ["auc", "auc_lapsed", "lift_tenth", "lift_fifth", "calibration_error", "noise_floor"],
    (0.759, 0.657, 2.52, 2.104, 0.056, 0.007, 0.0126, 0.0082, 0.0171),
    (0.770, 0.672, 2.66, 2.218, 0.023, 0.006, 0.0016, -0.0021, 0.0054),
    (0.7716, 0.671, 2.70, 2.309, 0.047, 0.006, 0, 0, 0),
)
COUNTS = table_of(
    ["naive_rate", "count_model"],
    "count_model",
    ["mae", "bias", "bias_low", "bias_high"],
    (1.657, 1.53, 1.41, 1.66, 3.829, 3.389, 4.294),
    (0.792, -0.066, -0.14, 0.01, 0, 0, 0),
)
VALUE = table_of(
    ["visits_x_own", "visits_x_model"],
    "visits_x_own",
    ["mae", "bias", "bias_low", "bias_high"],
    (208749.0, -0.079, -0.15, 0.01, 0.075, -0.016, 0.181),
    (206152.0, -0.090, -0.16, 0.0, 0, 0, 0),
)


@pytest.fixture
def pages():
    """The record as shown, value and all: `pages(verdict)` -> language -> soup."""

    def build(value, counts=COUNTS):
        verdict = Verdict({}, RANKING, counts, value, pd.DataFrame(), ())
        outlook = SimpleNamespace(
            verdict=verdict,
            season=SimpleNamespace(checked=False),
            origins=("2025-01-01",),
            judged_days=90,
            horizon_days=90,
            leaving=None,
            sampled=None,
        )
        shown = Shown.written(
            "certainty", LANGUAGES, lambda words: ("t", record(outlook, words, "JPY"))
        )
        return {language: soup(shown, language) for language in LANGUAGES}

    return build


def tables(page):
    """Caption -> rows of cells."""
    return {
        one.caption.get_text(): [
            [cell.get_text() for cell in row.find_all(["th", "td"])]
            for row in one.tbody.find_all("tr")
        ]
        for one in page.find_all("table")
    }


def test_lift_in_the_top_tenth_and_fifth_stand_side_by_side(pages):
    shown = tables(pages(VALUE)["en"])
    assert shown[EN["referee.caption_top"]] == [
        ["Days since last visit", "2.52", "2.10"],
        ["Regression (used)", "2.66", "2.22"],
        ["Boosted trees", "2.70", "2.31"],
    ]
    assert shown[EN["referee.caption_off"]][0] == ["Days since last visit", "5.6%", "0.7%"]


def test_who_is_behind_is_told_with_the_interval_and_who_is_tied(pages):
    shown = tables(pages(VALUE)["en"])
    assert shown[EN["referee.caption_behind_ranking"]] == [
        ["Days since last visit", "0.013", "0.008", "0.017"],
        ["Regression (used)", "0.002", "-0.002", "0.005"],
        ["Boosted trees (tie)", "0.000", "0.000", "0.000"],
    ]
    assert shown[EN["referee.caption_behind_counts"]] == [
        ["As often as so far", "3.83", "3.39", "4.29"],
        ["Count model (used)", "0.00", "0.00", "0.00"],
    ]
    assert shown[EN["referee.caption_behind_value"]] == [
        ["Visits x own mean (used)", "0.08", "-0.02", "0.18"],
        ["Visits x Gamma-Gamma (tie)", "0.00", "0.00", "0.00"],
    ]


def test_both_languages_show_the_same_figures_and_explain_the_interval(pages):
    found = pages(VALUE)
    ja, en = (tables(found[language]).values() for language in ("ja", "en"))
    assert [[row[1:] for row in rows] for rows in ja] == [[row[1:] for row in rows] for rows in en]
    for words, language in ((EN, "en"), (JA, "ja")):
        assert words["referee.note_behind"] in found[language].get_text()
        # A phone has room for a name and three short figures.
        assert all(len(row) <= 4 for rows in tables(found[language]).values() for row in rows)


def test_without_amounts_there_is_no_record_of_money(pages):
    shown = tables(pages(None)["en"])
    assert EN["referee.caption_behind_value"] not in shown
    assert EN["referee.caption_value"] not in shown
    assert EN["referee.caption_behind_counts"] in shown


def test_where_the_sum_decides_it_is_said_with_its_interval(pages):
    counts = COUNTS.assign(behind=[0.0, 0.05], behind_low=[0.0, -0.01], behind_high=[0.0, 0.1])
    page = pages(VALUE, counts)["en"]
    assert tables(page)[EN["referee.caption_sum_counts"]] == [
        ["As often as so far", "153.0%", "141.0%", "166.0%"],
        ["Count model (used)", "-6.6%", "-14.0%", "1.0%"],
    ]
    assert (
        "“As often as so far” is simpler and cannot be told from the best, but its sum is clearly "
        "off (153.0%, 95% interval 141.0% to 166.0%), so “Count model” is used."
    ) in page.get_text()


def test_where_the_distance_decides_it_is_said(pages):
    counts = COUNTS.assign(
        behind=[0.0, 0.05], behind_low=[0.0, -0.01], bias_low=[-0.1, -0.1], bias_high=[0.1, 0.1]
    )
    assert "closer (absolute error), so it is used" in pages(VALUE, counts)["en"].get_text()
    assert "closer (absolute error)" not in pages(VALUE)["en"].get_text()


@pytest.mark.parametrize(
    ("predicted", "said"),
    [(0.59, "10.0 points too hopeful"), (0.39, "10.0 points too cautious"), (0.48, "")],
)
def test_the_headline_is_of_all_dates_and_says_which_way(client, predicted, said):
    outlook = client("sample").outlook
    scores = outlook.scores.assign(predicted=predicted, happened=0.49)
    page = soup(certainty(client("sample").book, replace(outlook, scores=scores)), "en")
    caption = page.find(id="certainty-calibration").find("figcaption").get_text()
    error = EN.write(outlook.calibration_error, "points")
    assert f"differed by {error} on average" in caption and said in caption
    assert said or "too " not in caption
    used = outlook.scores[outlook.scores.used].iloc[0]
    assert EN.write(used.calibration_error, "points") == error


def test_the_sample_shop_gets_its_own_record(client):
    told = client("sample")
    page = soup(certainty(told.book, told.outlook), "en")
    ranking, shown = told.outlook.verdict.ranking, tables(page)
    assert len(shown[EN["referee.caption_behind_ranking"]]) == len(ranking)
    low = [float(row[2]) for row in shown[EN["referee.caption_behind_ranking"]]]
    assert low == pytest.approx(ranking.behind_low.tolist(), abs=0.0006)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("key", ["golden.none", "winback.none", "about_to_lapse.no_chances"])
def test_a_large_shop_nobody_returns_to_is_not_called_small(key, language):
    words = Words(language)
    said = words[no_chances(SimpleNamespace(why="nobody_came"), key)]
    assert said != words[key] == words[no_chances(SimpleNamespace(why="nothing_to_learn"), key)]
