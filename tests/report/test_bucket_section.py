"""The section on the bucket: which sentence is told of which numbers."""

import pandas as pd
import pytest

from toolkit.report import show
from toolkit.report.facts import Facts, rate
from toolkit.report.sections.bucket import _hole, year_chart
from toolkit.report.sections.bucket_money import money_chart
from toolkit.report.style import drawing
from toolkit.words import Words

EN = Words("en")


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((40, 100), (30, 100), "the hole grew by 10.0 points from 30.0% the year before"),
        ((30, 100), (40, 100), "the hole shrank by 10.0 points from 40.0% the year before"),
        ((0, 100), (0, 50), "the hole is unchanged from the year before"),
        # 0.02 points apart: as written they are the same
        ((1_000, 5_000), (1_001, 5_000), "the hole is unchanged from the year before"),
    ],
)
def test_a_hole_as_large_as_the_year_before_is_called_unchanged(now, before, said):
    facts = Facts([rate("hole.year", now, ""), rate("hole.previous", before, "")])
    assert said in _hole(facts, EN)


def test_a_year_that_began_while_the_file_was_filling_is_not_compared(client):
    filling = str(show.bucket(client("sample", closing_date="2022-06-30").book).html["en"])
    assert "a year ago the file was still filling" in filling
    assert "Over the year the level went" not in filling
    assert EN.say("bucket.filling_note", **{"lapse.days": "240 days"}) in filling
    whole = str(show.bucket(client("sample").book).html["en"])
    assert "still filling, so the" not in whole


@pytest.mark.parametrize(("filling", "hatched"), [(True, 2), (False, 0)])
def test_what_is_not_to_be_trusted_is_hatched(filling, hatched):
    frame = pd.DataFrame({"step": list("abcde"), "customers": [10, 5, 1, 4, 12]})
    bars = year_chart(frame, EN, filling).axes[0].patches
    assert [bool(bar.get_hatch()) for bar in bars] == [True] * hatched + [False] * (5 - hatched)


def test_the_money_goes_from_one_year_to_the_next_without_a_gap():
    steps = ["previous", "new", "revived", "kept", "lost", "no_visit", "total"]
    frame = pd.DataFrame({"step": steps, "amount": [100.0, 50.0, 0.0, -20.0, -40.0, -5.0, 85.0]})
    axes = money_chart(frame, EN, "JPY").axes[0]
    drawn = axes.patches
    bars = [(round(p.get_x() + 0.31), p.get_y(), p.get_y() + p.get_height()) for p in drawn]
    # what is nothing (revived) has no bar; each begins where the one before ends
    assert bars == [
        (0, 0, 100),
        (1, 100, 150),
        (2, 150, 130),
        (3, 130, 90),
        (4, 90, 85),
        (5, 0, 85),
    ]
    names = [label.get_text() for label in axes.get_xticklabels()]
    assert names == ["Last year", "New", "Kept", "Not back", "Returns", "This year"]


def test_no_two_amounts_of_neighbours_touch():
    steps = ["previous", "new", "revived", "kept", "lost", "no_visit", "total"]
    millions = [61.25, 22.91, 1.82, -6.03, -19.44, -0.12, 60.39]
    frame = pd.DataFrame({"step": steps, "amount": [1e6 * m for m in millions]})
    for words in (EN, Words("ja")):
        figure = money_chart(frame, words, "JPY")
        with drawing():
            figure.canvas.draw()
            boxes = [text.get_window_extent() for text in figure.axes[0].texts]
        gaps = [b.x0 - a.x1 for a, b in zip(boxes, boxes[1:], strict=False)]
        assert len(boxes) == 7 and min(gaps) > 4 * figure.dpi / 72


def test_the_money_stands_in_the_section_with_its_exact_table(client):
    made = str(show.bucket(client("ledger").book).html["en"])
    # last year A 80,000, B 120,000, C 3,000, D 11,000, E 9,000, I 3,000, K 7,000
    assert "Sales went from ¥233,000 to" in made and 'id="bucket-money"' in made
    assert 'id="bucket-money"' not in str(show.bucket(client("half a year").book).html["en"])
