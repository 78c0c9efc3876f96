"""A drawing of few marks, as matplotlib writes it, in fewer elements."""

from xml.etree import ElementTree

from toolkit.report.marks import simplify

CLIP = '<defs><clipPath id="c"><rect x="0" y="0" width="10" height="10"/></clipPath></defs>'


def simple(inner):
    root = ElementTree.fromstring(f"<svg>{inner}</svg>")
    simplify(root)
    return "".join(ElementTree.tostring(child, encoding="unicode") for child in root)


def path(d, style, clip=None):
    clipped = f' clip-path="url(#{clip})"' if clip else ""
    return f'<path d="{d}"{clipped} style="{style}"/>'


def test_groups_that_only_hold_give_way():
    inner = '<g id="a"><g id="b"><path d="M 0 0 L 1 1" style="x"/></g></g>'
    assert simple(inner) == '<path d="M0 0l1 1" style="x" />'


def test_a_group_that_says_something_stays():
    inner = '<g transform="scale(2)"><text>a</text><text>b</text></g>'
    assert simple(inner) == inner


def test_neighbours_that_look_alike_are_one_path():
    bars = path("M 0 0 L 1 0 L 1 1 z", "fill:red") + path("M 2 0 L 3 0 L 3 1 z", "fill:red")
    assert simple(bars) == '<path d="M0 0h1v1zm2 0h1v1z" style="fill:red" />'


def test_see_through_neighbours_stay_apart():
    bands = path("M 0 0 L 1 1", "fill-opacity:0.3") * 2
    assert simple(bands).count("<path") == 2


def test_a_filled_path_between_two_others_keeps_its_place():
    three = path("M 0 0 L 1 1", "a") + path("M 0 0 L 2 2", "b") + path("M 0 0 L 1 1", "a")
    assert simple(three).count("<path") == 3


def test_grid_lines_are_one_path_and_their_labels_one_group():
    style, letters = "fill:none;stroke:grey", "fill:black"
    ticks = "".join(
        path(f"M 0 {y} L 9 {y}", style) + f'<text x="1" y="{y}" style="{letters}">{y}</text>'
        for y in (1, 2)
    )
    assert simple(ticks) == (
        f'<path d="M0 1h9m-9 1h9" style="{style}" /><g style="{letters}">'
        '<text x="1" y="1">1</text><text x="1" y="2">2</text></g>'
    )


def test_a_single_label_has_its_style_itself():
    assert simple('<text style="s">a</text>') == '<text style="s">a</text>'


def test_what_is_filled_is_not_drawn_before_a_label_it_hides():
    marks = path("M 0 0 L 1 1", "fill:red") + "<text>a</text>" + path("M 0 0 L 2 2", "fill:red")
    assert simple(marks).count("<path") == 2


def test_copies_become_paths_of_their_own():
    inner = (
        '<defs><path id="m" d="M 3 0 L -3 0" style="stroke:red"/></defs>'
        '<g clip-path="url(#c)"><use href="#m" x="5" y="5" style="fill:blue;stroke:green"/>'
        f'<use href="#m" x="6" y="8" style="fill:blue;stroke:green"/></g>{CLIP}'
    )
    # what the definition says of itself holds in every copy
    assert simple(inner) == '<path style="fill:blue;stroke:red" d="M8 5h-6m7 3h-6" />'


def test_a_clip_that_cuts_nothing_is_left_out():
    assert "clip" not in simple(path("M 0 0 L 10 10", "x", "c") + CLIP)


def test_a_clip_that_cuts_is_said_once_for_all_it_cuts():
    out = simple(path("M 0 0 L 99 9", "a", "c") + path("M 0 0 L 99 8", "b", "c") + CLIP)
    assert out.count('clip-path="url(#c)"') == 1 and out.count("<path") == 2
    assert '<clipPath id="c"><rect width="10" height="10" /></clipPath>' in out


def test_what_has_no_extent_is_left_out():
    assert simple(path("M 1 1 z", "x") + path("", "x")) == ""


def test_a_path_neither_filled_nor_drawn_is_left_out():
    assert simple(path("M 0 0 L 9 0 L 9 9 z", "fill:none")) == ""
    assert simple(path("M 0 0 L 9 0", "fill:none;stroke:red")) != ""
