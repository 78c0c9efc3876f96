import re

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit import resources
from toolkit.report.heat import LEVELS, heat_table
from toolkit.report.style import INK
from toolkit.words import Words


def drawn(shares, unsure=None):
    shares = pd.DataFrame(shares)
    unsure = pd.DataFrame(np.zeros(shares.shape, bool) if unsure is None else unsure)
    heads = pd.DataFrame({"cohort": [f"<{i}>" for i in range(len(shares))], "n": "7"})
    names = ["first", "n", *map(str, shares.columns)]
    made = heat_table(
        shares, Words("ja"), heads=heads, headers=names, caption="Who came", unsure=unsure
    )
    return BeautifulSoup(str(made), "html.parser")


def cells(page):
    return [[td.get_text() for td in row.find_all("td")] for row in page.tbody.find_all("tr")]


def levels(page):
    """The shade of every cell with a share, 0 (none) to the darkest."""
    shared = [td for row in page.tbody.find_all("tr") for td in row.find_all("td")[1:] if td.string]
    return [int(td.get("class", ["h0"])[0].removeprefix("h")) for td in shared]


def test_shares_are_whole_percents_and_unknown_ones_empty():
    page = drawn([[0.125, np.nan], [0.994, 0.0]])
    assert cells(page) == [["7", "13%", ""], ["7", "99%", "0%"]]
    assert [th.get_text() for th in page.thead.find_all("th")] == ["first", "n", "0", "1"]
    assert page.caption.get_text() == "Who came"


def test_what_may_still_change_is_marked():
    assert cells(drawn([[0.5, 0.5]], [[False, True]])) == [["7", "50%", "50%*"]]


def test_the_darker_the_higher_and_one_outstanding_share_does_not_bleach_the_rest():
    shares = [[0.0, 0.05, 0.10, 0.15, 0.20] * 8, [0.2] * 39 + [0.9]]
    found = levels(drawn(shares))
    assert found[0] == 0 and found[4] == found[-1] == LEVELS
    assert found[:5] == sorted(set(found[:5]))


def test_where_nobody_bought_nothing_is_shaded():
    assert set(levels(drawn([[0.0, 0.0]]))) == {0}


def test_heads_are_text():
    page = drawn([[0.5]])
    assert page.tbody.th.get_text() == "<0>"


def luminance(colour):
    digits = colour.lstrip("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("level", range(1, LEVELS + 1))
def test_ink_is_readable_on_every_shade(level):
    css = (resources.folder("templates") / "report" / "report.css").read_text(encoding="utf-8")
    shade = re.search(rf"\.h{level} {{ background: (#\w+); }}", css)[1]
    assert (luminance(shade) + 0.05) / (luminance(INK) + 0.05) >= 4.5
