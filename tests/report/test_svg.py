import re
from xml.etree import ElementTree

import matplotlib
import matplotlib.pyplot as plt
import pytest
from bs4 import BeautifulSoup
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from toolkit.report.style import COLOURS, drawing, new_figure
from toolkit.report.svg import inline_svg

LONG = "休眠予備軍（高単価・定期購入）"


@drawing()
def chart(labels=("a", "b"), title=""):
    figure, axes = new_figure()
    axes.barh(labels, range(1, len(labels) + 1))
    axes.plot([0, 1, 2], [0, 1, 0], marker="o")
    axes.bar([0, 1], [1, 9], hatch="//")
    axes.set_ylim(-0.5, 2)
    axes.set_title(title)
    return figure


def drawn(name="chart", **changes):
    return inline_svg(chart(**changes), name=name, title="A finding", description="Two of 3.")


def test_the_drawing_is_one_picture_with_a_name_and_a_description():
    svg = BeautifulSoup(drawn(), "html.parser").svg
    assert svg["role"] == "img"
    named = [svg.find(id=one) for one in svg["aria-labelledby"].split()]
    assert [(one.name, one.get_text()) for one in named] == [
        ("title", "A finding"),
        ("desc", "Two of 3."),
    ]
    assert list(svg.children)[:2] == named


def test_nothing_in_the_drawing_restyles_the_page_or_names_an_address():
    svg = drawn()
    for foreign in ("<style", "<metadata", "<!DOCTYPE", "<?xml", "http", "xlink", "font-family"):
        assert foreign not in svg


def test_every_id_carries_the_figures_name_and_is_used():
    first, second = drawn("one"), drawn("two")
    ids = re.findall(r'\bid="([^"]+)"', first)
    assert len(set(ids)) == len(ids) == 4  # title, description, one clip, one hatch
    assert all(one.startswith("one-") for one in ids)
    assert not set(ids) & set(re.findall(r'\bid="([^"]+)"', second))
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', first))
    assert {a or b for a, b in used} == {one for one in ids if one[-1].isdigit()}


def test_the_same_figure_gives_the_same_bytes():
    assert drawn(labels=(LONG, "b")) == drawn(labels=(LONG, "b"))


def test_text_stays_text_and_is_escaped():
    figure = chart(labels=("<script>x</script>", "&"), title="<img onerror=y>")
    svg = inline_svg(figure, name="n", title="<i>", description='"&')
    soup = BeautifulSoup(svg, "html.parser")
    assert not soup.find(["script", "img", "i"])
    said = [node.get_text() for node in soup("text")]
    assert {"<script>x</script>", "&", "<img onerror=y>"} <= set(said)
    assert soup.title.get_text() == "<i>"


def test_a_long_japanese_label_lies_inside_the_drawing():
    root = ElementTree.fromstring(drawn(labels=(LONG, "b")))
    width = float(root.get("viewBox").split()[2])
    label = next(node for node in root.iter("text") if node.text == LONG)
    style = next(group.get("style") for group in root.iter("g") if label in group)
    size = float(re.search(r"font-size:([\d.]+)px", style)[1])
    assert "text-anchor:end" in style
    assert len(LONG) * size == pytest.approx(15 * 9.5)  # full-width signs are one em in any font
    assert float(label.get("x")) - 15 * 9.5 >= 0
    assert float(label.get("x")) < width


def test_measuring_uses_a_font_that_knows_japanese():
    with drawing():
        measured = TextPath((0, 0), LONG, size=10, prop=FontProperties()).get_extents().width
    assert measured == pytest.approx(150, abs=10)


def test_coordinates_are_short():
    assert not re.search(r"\d\.\d{3,}", drawn())
    assert not re.search(r'\bd="[^"]*\.\d\d', drawn())


def test_the_attribute_names_a_page_loses_case_of_are_those_browsers_mend():
    # nbconvert passes the page through BeautifulSoup, which writes names in small letters. The
    # HTML standard (13.2.6.5, foreign content) gives these their case back when read.
    svg = drawn()
    names = re.findall(r"<([A-Za-z]+)", svg) + re.findall(r"\s([A-Za-z-]+)=", svg)
    assert {name for name in names if name != name.lower()} == {
        "viewBox",
        "clipPath",
        "patternUnits",
    }


def test_drawing_closes_the_figure_and_leaves_the_settings_alone():
    before = dict(matplotlib.rcParams)
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    inline_svg(figure, name="n", title="t", description="d")
    assert not plt.get_fignums()
    assert dict(matplotlib.rcParams) == before


def test_neighbours_that_look_alike_are_one_path():
    figure, axes = new_figure(3, 2)
    axes.bar(range(40), range(1, 41), color=COLOURS["new"])
    drawn = str(inline_svg(figure, name="bars", title="t", description="d"))
    assert drawn.count(COLOURS["new"]) == 1
    assert drawn.count("z") >= 40
