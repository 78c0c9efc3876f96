"""The section on the edges says what is known of them, and no more."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report import show
from toolkit.report.sections.edges import _by_share, left_chart, month_chart, right_chart
from toolkit.words import Words


def said(client, name, language="en", **settings):
    html = str(show.edges(client(name, **settings).book).html[language])
    return re.sub(r"\s+", " ", BeautifulSoup(html, "html.parser").get_text(" "))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_sample_names_its_old_customers_and_the_first_month_to_trust(client, language):
    total = client("sample").book.left_edge_total()
    told = said(client, "sample", language)
    assert f"{total['returning']:,}" in told
    assert f"{100 * total['share']:.1f}%" in told
    assert "2021-12" in told
    assert Words(language)["edges.assumes"] in told


def test_an_estimate_at_its_ceiling_is_told_by_its_lower_end():
    assert [_by_share("a", "b", share) for share in (0.99, 0.9901, 1.0)] == ["a", "b", "b"]
    finding = Words("en").say("edges.left_finding_nearly", low=0.93)
    assert finding.startswith("Nearly all (at least 93.0%)")


def test_what_stays_open_is_told_with_its_band(client):
    book = client("sample").book
    last = book.last_visit_months()
    waiting = last[~last.known]
    row = waiting.iloc[-1]
    told = said(client, "sample")
    assert f"Customers still within the line: {waiting.open.sum():,}" in told
    assert f"(customers: {row.customers}) it will be {row.low:.0f} to {row.high:.0f}" in told
    month = book.open_month().set_index("flow").loc["new"]
    assert f"new {month.expected:.0f} ({month.low:.0f} to {month.high:.0f})" in told


@pytest.mark.parametrize(
    ("name", "why"), [("one customer", "few_returns"), ("one date", "too_short")]
)
def test_too_little_to_say_is_said(client, name, why):
    book = client(name).book
    assert book.left_edge_total()["why"] == why
    told = said(client, name)
    assert Words("en").say(f"edges.left_{why}", first=book.first) in told
    assert "probably old" not in told
    assert show.edges(book).html["en"].count("<figure") == 0


@pytest.mark.parametrize("name", ["ledger", "half a year", "no amounts", "hostile", "dollars"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_client_has_its_edges(client, name, language):
    told = said(client, name, language)
    assert not re.search(r"\bnan\b|<NA>|[{}]|None", told)
    assert Words(language)["edges.right_title"] in told


def test_charts_hatch_what_is_not_known():
    words = Words("en")
    months = pd.DataFrame(
        {
            "month": ["2024-01", "2024-02", "2024-03"],
            "new": [10, 8, 6],
            "trusted": [False, False, True],
            "share": [0.5, None, None],
            "low": [0.3, None, None],
            "high": [0.8, None, None],
        }
    )
    new, old = left_chart(months, words).axes[0].containers[:2]
    assert [bar.get_height() for bar in new] == [5, 8, 6]
    assert old[0].get_height() == 5
    assert old[0].get_hatch() and not new[0].get_hatch()
    last = pd.DataFrame(
        {
            "month": ["2024-01", "2024-02"],
            "customers": [10, 8],
            "lost": [10, 2],
            "open": [0, 6],
            "expected_lost": [10.0, 5.0],
            "low": [10.0, 4.0],
            "high": [10.0, 7.0],
            "known": [True, False],
        }
    )
    lost, due, back = right_chart(last, words).axes[0].containers[:3]
    assert [bar.get_height() for bar in lost] == [10, 2]
    assert (due[1].get_height(), back[1].get_height()) == (3, 3)
    assert due[1].get_hatch() and back[1].get_hatch() and not lost[0].get_hatch()
    flows = ["new", "returned", "lost"]
    columns = ["so_far", "expected", "low", "high"]
    month = pd.DataFrame([[4, 9.0, 7.0, 11.0]] * 3, columns=columns).assign(flow=flows)
    so_far, rest = month_chart(month, words).axes[0].containers[:2]
    assert [bar.get_width() for bar in so_far] == [4, 4, 4]
    assert [bar.get_width() for bar in rest] == [5, 5, 5]
    assert rest[0].get_hatch() and not so_far[0].get_hatch()
