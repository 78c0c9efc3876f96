import pytest
from bs4 import BeautifulSoup

from toolkit.report.markup import Html
from toolkit.report.shown import (
    KEY,
    Action,
    Finding,
    Shown,
    Tile,
    action_list,
    callout,
    definitions,
    figure_block,
    finding_cards,
    mime,
    paragraph,
    section,
    tiles,
)
from toolkit.report.style import drawing, new_figure
from toolkit.words import Words

CANARY = "<script>x</script>"


def parsed(html):
    return BeautifulSoup(html, "html.parser")


@drawing()
def chart():
    figure, axes = new_figure()
    axes.plot([1, 2])
    return figure


def write(words):
    return {"ja": "穴", "en": "The hole"}[words.language], [paragraph(words.language)]


def test_all_languages_lie_in_one_output_and_the_first_is_displayed():
    data, metadata = Shown.written("hole", ("ja", "en"), write)._repr_mimebundle_()
    assert data["text/html"] == data[mime("ja")]
    assert "<p>en</p>" in data[mime("en")] and "<p>ja</p>" not in data[mime("en")]
    assert metadata == {KEY: {"id": "hole", "level": 2, "titles": {"ja": "穴", "en": "The hole"}}}


def test_what_stands_around_the_page_travels_with_the_section():
    shown = Shown.written("a", ("en",), write, page={"client": "Shop"})
    assert shown._repr_mimebundle_()[1][KEY]["page"] == {"client": "Shop"}


def test_a_section_without_a_title_in_one_of_its_languages_is_refused():
    with pytest.raises(ValueError, match="same languages"):
        Shown("a", {"ja": "x"}, {"ja": "", "en": ""})


def test_a_section_is_named_by_its_heading_and_takes_text_as_text():
    soup = parsed(section(Words("en"), "hole", CANARY, [CANARY, Html("<p>b</p>")], kind="front"))
    assert not soup.script
    assert soup.section["aria-labelledby"] == soup.h2["id"]
    assert soup.section["class"] == ["front"] and soup.section["id"] == "hole"
    assert soup.h2.get_text() == CANARY and soup.p.get_text() == "b"


def test_a_figure_states_its_finding_and_unfolds_its_numbers():
    soup = parsed(
        figure_block(
            Words("ja"),
            name="flows",
            figure=chart(),
            finding="離脱が上回る",
            description="月95人です。",
            table_html=Html("<table></table>"),
            note=CANARY,
        )
    )
    assert soup.figure.figcaption.h3.get_text() == "離脱が上回る"
    assert soup.figure.figcaption.p.get_text() == "月95人です。"
    assert soup.svg["role"] == "img" and soup.svg.title.get_text() == "離脱が上回る"
    assert soup.details.summary.get_text() == "数値を表で見る" and soup.details.table
    assert soup.find("p", "note").get_text() == CANARY


def test_a_tile_shows_last_years_value_and_marks_what_is_assumed():
    made = tiles(Words("ja"), [Tile("穴", "38.2%", "35.0%"), Tile("利益", "¥9", marked="仮定")])
    first, second = parsed(made)("div")
    assert [x.get_text() for x in first("dd")] == ["38.2%", "前年 35.0%"]
    assert [x.get_text() for x in second("dd")] == ["¥9仮定"]
    assert second.find("span", "mark").get_text() == "仮定"


def test_a_finding_brings_its_money_confidence_and_next_step():
    card = Finding(CANARY, "text", "¥1,000", "high", "write", assumed="assumed")
    soup = parsed(finding_cards(Words("en"), [card]))
    assert soup.li.h3.get_text() == CANARY
    assert [
        (dt.get_text(), dd.get_text()) for dt, dd in zip(soup("dt"), soup("dd"), strict=True)
    ] == [
        (Words("en")["page.at_stake"], "¥1,000 assumed"),
        (Words("en")["page.confidence"], "high"),
        (Words("en")["page.next_step"], "write"),
    ]


def test_actions_callouts_and_definitions_take_text_as_text():
    made = action_list([Action(CANARY, CANARY)]), callout(CANARY, CANARY, kind="caution")
    for html in (*made, definitions([(CANARY, CANARY)])):
        soup = parsed(html)
        assert not soup.script
        assert soup.get_text().count(CANARY) == 2


def test_a_brief_section_says_where_its_figures_are():
    drawn, told = (
        parsed(section(Words("en"), "x", "Title", [Html(html)], kind="brief"))
        for html in ("<figure></figure>", "<p>b</p>")
    )
    assert drawn.section["class"] == told.section["class"] == ["brief"]
    assert drawn.find(class_="on-paper").get_text() == "Figures and tables are on screen."
    assert told.find(class_="on-paper") is None
