"""Names out of the client's file, fit for a chart."""

import warnings

import pytest

from toolkit.report.labels import short
from toolkit.report.style import new_figure
from toolkit.report.svg import inline_svg


@pytest.mark.parametrize(
    ("name", "width", "said"),
    [
        ("Tea", 10, "Tea"),
        ("Jasmine tea", 11, "Jasmine tea"),
        ("Jasmine tea", 10, "Jasmine…"),  # the sign of the cut is two letters wide here
        ("有機ほうじ茶", 12, "有機ほうじ茶"),
        ("有機ほうじ茶", 11, "有機ほう…"),
        ("  two\n lines\tand\u3000more ", 40, "two lines and more"),
        ("bell \x07 and 🍵", 40, "bell 〓 and 〓"),
        ("", 5, ""),
    ],
)
def test_a_name_is_cut_to_its_width_and_stays_on_one_line(name, width, said):
    assert short(name, width) == said


def test_any_name_can_be_drawn_without_a_warning():
    figure, axes = new_figure(3, 2)
    axes.set_yticks([0], [short("$a$ 🍵 \x00 ไทย <b>&", 40)], parse_math=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = inline_svg(figure, name="n", title="t", description="d")
    assert "$a$ 〓 〓 〓〓〓 &lt;b&gt;&amp;" in drawn
