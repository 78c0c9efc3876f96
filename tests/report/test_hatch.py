"""Hatches: a small tile that repeats to the same lines."""

from xml.etree import ElementTree

from toolkit.report import paths
from toolkit.report.hatch import shorten, slanted

RISING = "M -36 36 L 36 -36 M -33 39 L 39 -33 M -30 42 L 42 -30"
FALLING = "M -36 36 L 36 108 M -33 33 L 39 105"


def lines(steps):
    """Each line as its two ends in points."""
    return [
        tuple(n / 10 for n in a[1] + b[1]) for a, b in zip(steps[::2], steps[1::2], strict=True)
    ]


def test_rising_lines_become_a_tile_of_two_distances():
    size, tile = slanted(paths.read(RISING))
    assert size == 120
    assert lines(tile) == [
        (-1, 1, 1, -1),
        (-1, 7, 7, -1),
        (-1, 13, 13, -1),
        (5, 13, 13, 5),
        (11, 13, 13, 11),
    ]


def test_falling_lines_fall():
    size, tile = slanted(paths.read(FALLING))
    assert size == 120 and (-1, -1, 13, 13) in lines(tile)
    assert all(y - x == end_y - end_x for x, y, end_x, end_y in lines(tile))


def test_tiles_side_by_side_go_on_with_each_others_lines():
    for hatch in (RISING, FALLING):
        size, tile = slanted(paths.read(hatch))
        sign = 1 if hatch == RISING else -1
        offsets = {(x + sign * y) % (size / 20) for x, y, _, _ in lines(tile)}
        assert offsets == {0}  # lines every six points, in this tile and in the next


def test_other_patterns_stay_as_they_are():
    for dots in ("M 0 0 L 5 9 M 1 1 L 6 10", "M 0 0 Q 1 1 2 2 z", "M 0 0 L 5 5"):
        assert slanted(paths.read(dots)) is None


def test_a_pattern_is_told_its_new_size_and_spared_its_zeros():
    pattern = ElementTree.fromstring(
        '<pattern x="0" y="0" width="72" height="72"><rect x="0" y="0" width="73"/>'
        f'<path d="{RISING}"/></pattern>'
    )
    shorten(pattern)
    assert pattern.attrib == {"width": "12", "height": "12"}
    assert pattern.find("rect").attrib == {"width": "73"}
    assert pattern.find("path").get("d").startswith("M-1 1l2-2")
