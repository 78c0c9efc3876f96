from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report.markup import MOST_ROWS, Html, details, element, esc, join, table
from toolkit.words import Words

CANARY = '<img src=x onerror="alert(1)"><script>alert(2)</script>'


def parsed(html):
    return BeautifulSoup(html, "html.parser")


def cells(html):
    return [[c.get_text() for c in row.find_all(["th", "td"])] for row in parsed(html)("tr")]


def test_text_is_escaped_once_and_html_never_again():
    assert esc("a<b & 'c'") == "a&lt;b &amp; &#39;c&#39;"
    assert esc(esc("<")) == "&lt;"


def test_control_characters_do_not_reach_the_page():
    assert esc("a\x00b\x1bc\td") == "a\ufffdb\ufffdc\td"


def test_joining_escapes_text_and_leaves_out_nothing_but_none():
    assert join([Html("<b>"), "<b>", None, 0]) == "<b>&lt;b&gt;0"


def test_no_line_of_a_sentence_ends_between_a_sign_and_its_amount():
    said = element("p", "from -¥5 to +¥3, -1 and a-b", element("b", "-¥4"))
    assert said == "<p>from -\u2060¥5 to +\u2060¥3, -1 and a-b<b>-¥4</b></p>"
    assert element("td", "-¥5") == "<td>-¥5</td>"  # a number when copied into a sheet


def test_attributes_are_quoted_and_absent_ones_left_out():
    made = element("p", "x", class_='a" onclick="y', hidden=True, id=None, open=False)
    assert made == '<p class="a&#34; onclick=&#34;y" hidden>x</p>'


def test_details_carry_their_summary_and_kind():
    made = details("<how>", element("p", "so"), kind="method")
    assert made == '<details class="method"><summary>&lt;how&gt;</summary><p>so</p></details>'


@pytest.mark.parametrize("place", ["column", "cell", "caption"])
def test_markup_in_a_clients_file_stays_text(place):
    frame = pd.DataFrame({CANARY if place == "column" else "a": [CANARY]})
    made = table(frame, Words("ja"), caption=CANARY if place == "caption" else "c")
    soup = parsed(made)
    assert not soup.find(["img", "script"])
    assert CANARY in soup.get_text()


def test_a_table_names_its_rows_and_columns_and_scrolls_by_itself():
    frame = pd.DataFrame({"own column": ["x"], "b": [1200]})
    soup = parsed(table(frame, Words("en"), caption="Sales"))
    assert [(th.get_text(), th["scope"]) for th in soup("th")] == [
        ("own column", "col"),
        ("b", "col"),
        ("x", "row"),
    ]
    assert soup.caption.get_text() == "Sales"
    region = soup.find("div")
    assert (region["role"], region["tabindex"], region["aria-label"]) == ("region", "0", "Sales")


def test_numbers_are_written_in_their_form_and_set_to_the_right():
    frame = pd.DataFrame(
        {
            "who": ["a", "b"],
            "n": np.array([1234, 5]),
            "rate": [0.1234, np.nan],
            "paid": [Decimal("19.995"), None],
        }
    )
    forms = {"rate": "share", "paid": "money"}
    made = table(frame, Words("en"), caption="c", forms=forms, currency="USD")
    assert cells(made)[1:] == [["a", "1,234", "12.3%", "$20.00"], ["b", "5", "–", "–"]]
    assert parsed(made).table["class"] == ["r2", "r3", "r4"]


def test_missing_values_of_every_kind_are_a_dash():
    frame = pd.DataFrame({"a": [None, np.nan, pd.NaT, pd.NA]}, dtype=object)
    assert cells(table(frame, Words("ja"), caption="c"))[1:] == [["–"]] * 4


def test_a_day_is_written_without_its_midnight():
    frame = pd.DataFrame({"day": pd.to_datetime(["2024-02-29"])})
    assert cells(table(frame, Words("ja"), caption="c"))[1] == ["2024-02-29"]


def test_at_most_200_rows_are_shown_and_the_rest_is_counted():
    soup = parsed(table(pd.DataFrame({"a": range(1234)}), Words("ja"), caption="名簿"))
    assert len(soup.tbody("tr")) == MOST_ROWS == 200
    assert soup.caption.get_text() == "名簿（先頭200行を表示。ほか1,034行）"


def test_asking_for_more_rows_than_200_does_not_help():
    made = table(pd.DataFrame({"a": range(300)}), Words("en"), caption="c", head=250)
    assert len(parsed(made).tbody("tr")) == 200


def test_a_table_of_nothing_says_so():
    made = table(pd.DataFrame({"a": [], "b": []}), Words("ja"), caption="c")
    assert cells(made)[1:] == [["該当なし"]]
    assert parsed(made).td["colspan"] == "2"


def test_long_text_may_be_broken_into_lines_and_short_text_is_not():
    frame = pd.DataFrame({"a": ["短い"], "b": ["長" * 21]})
    classes = [
        c.get("class") for c in parsed(table(frame, Words("ja"), caption="c")).tbody("tr")[0]
    ]
    assert classes == [None, ["t"]]
