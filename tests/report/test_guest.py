import pandas as pd
import pytest
from bs4 import BeautifulSoup

from toolkit.report.guest import Guests, markdown
from toolkit.words import Words


def tidied(html):
    made, contents = Guests(Words("en")).tidy(html)
    return BeautifulSoup(made, "html.parser"), contents


@pytest.mark.parametrize(
    "harm",
    [
        "<script>x</script>",
        "<style>p{color:red}</style>",
        '<iframe src="https://a.b"></iframe>',
        '<link href="https://a.b/c.css" rel="stylesheet">',
        '<meta http-equiv="refresh" content="0;https://a.b">',
        "<svg><script>x</script></svg>",
        '<form action="https://a.b"><input></form>',
    ],
)
def test_what_runs_loads_or_asks_is_taken_out(harm):
    soup, _ = tidied(f"<p>before</p>{harm}<p>after</p>")
    assert str(soup) == "<p>before</p><p>after</p>"


@pytest.mark.parametrize(
    "html, kept",
    [
        ('<p onclick="x" style="a" id="b" class="c">t</p>', "<p>t</p>"),
        ('<a href="javascript:x">t</a>', "<a>t</a>"),
        ('<a href=" JavaScript:x">t</a>', "<a>t</a>"),
        ('<a href="https://a.b">t</a>', '<a href="https://a.b">t</a>'),
        ('<img src="https://a.b/c.png" alt="d">', '<img alt="d"/>'),
        (
            '<img src="data:image/png;base64,AA" alt="d">',
            '<img alt="d" src="data:image/png;base64,AA"/>',
        ),
    ],
)
def test_only_attributes_that_say_something_stay(html, kept):
    soup, _ = tidied(html)
    assert str(soup) == kept


def test_headings_stay_below_the_title_skip_no_level_and_are_listed():
    soup, contents = tidied("<h1>One</h1><h4>Deep</h4><h3>Less</h3><h2>Two &amp;</h2>")
    assert [tag.name for tag in soup(["h1", "h2", "h3", "h4"])] == ["h2", "h3", "h3", "h2"]
    assert contents == [("own-1", "One"), ("own-4", "Two &amp;")]
    assert soup.find(id="own-4").get_text() == "Two &"


def test_a_pandas_frame_gets_a_caption_scopes_and_a_region():
    frame = pd.DataFrame({"a": ["<b>"]}, index=["row"])
    soup, _ = tidied(frame._repr_html_())
    assert not soup.find("style") and not soup.find("b")
    assert [(th.get_text(), th["scope"]) for th in soup("th")] == [("a", "col"), ("row", "row")]
    assert soup.caption.get_text() == "Additional table 1"
    assert soup.caption.find_parent("div", "scroll")["tabindex"] == "0"


def test_markdown_is_shown_with_its_attached_picture_and_without_raw_scripts():
    attached = {"a.png": {"image/png": "AAAA"}}
    html = markdown("## T\n\n**b** ![alt](attachment:a.png)\n\n<script>x</script>", attached)
    soup, contents = tidied(html)
    assert contents == [("own-1", "T")]
    assert soup.strong.get_text() == "b" and soup.img["alt"] == "alt"
    assert soup.img["src"] == "data:image/png;base64,AAAA"
    assert not soup.script
