"""Path data: short, and still the same line."""

import pytest

from toolkit.report import paths

CIRCLE = (
    "M 0 2 C 0.5 2 1 1.8 1.4 1.4 C 1.8 1 2 0.5 2 0 C 2 -0.5 1.8 -1 1.4 -1.4 C 1 -1.8 0.5 -2 0 -2 "
    "C -0.5 -2 -1 -1.8 -1.4 -1.4 C -1.8 -1 -2 -0.5 -2 0 C -2 0.5 -1.8 1 -1.4 1.4 "
    "C -1 1.8 -0.5 2 0 2 z"
)


def short(text):
    return paths.write(paths.read(text))


def test_a_path_is_read_in_whole_tenths():
    assert paths.read("M 1.04 -2.06 \nL 3 4 \nz\n") == [
        ("M", [10, -21]),
        ("L", [30, 40]),
        ("Z", []),
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (5, ".5"), (-5, "-.5"), (-12, "-1.2"), (30, "3"), (1000, "100")]
)
def test_tenths_are_written_without_idle_zeros(value, text):
    assert paths.number(value) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("M 1 2 L 3 2 L 3 5 L 4 6 z", "M1 2h2v3l1 1z"),
        ("M 1 2 L 0.5 1.5 L 1 3", "M1 2l-.5-.5l.5 1.5"),
        ("M 1 2 L 2.5 2.2", "M1 2l1.5.2"),
        ("M 1 2 L 3 2 z M 3 2 L 3 9", "M1 2h2zm2 0v7"),  # after z the pen stands at the beginning
        ("M 1 1 Q 2 2 3 1", "M1 1q1 1 2 0"),
        ("M 1 1 C 1 2 3 2 3 3", "M1 1c0 1 2 1 2 2"),
    ],
)
def test_steps_are_written_relative_to_the_point_before(text, written):
    assert short(text) == written


def test_a_line_on_in_the_same_direction_is_one_line():
    assert short("M 0 0 L 5 0 L 9 0 L 9 0 L 9 4 L 9 1") == "M0 0h9v4v-3"  # back is not on


def test_rounding_does_not_add_up():
    # 0.04, 0.08, 0.12 and 0.16 lie nearest to 0, 0.1, 0.1 and 0.2
    assert short("M 0 0 L 0.04 1 L 0.08 2 L 0.12 3 L 0.16 4") == "M0 0v1l.1 1v1l.1 1"


def test_a_path_is_moved_with_all_its_points():
    assert paths.moved(paths.read("M 0 1 Q 2 3 4 5 z"), 10, -10) == [
        ("M", [10, 0]),
        ("Q", [30, 20, 50, 40]),
        ("Z", []),
    ]


def test_a_round_marker_is_two_half_circles():
    circle = paths.as_circle(paths.read(CIRCLE))
    assert paths.write(circle) == "M0 2a2 2 0 1 1 0-4a2 2 0 1 1 0 4z"
    assert paths.write(paths.moved(circle, 100, 100)) == "M10 12a2 2 0 1 1 0-4a2 2 0 1 1 0 4z"
    other = paths.read("M 0 2 L 2 0 z")
    assert paths.as_circle(other) == other


def test_what_reaches_out_of_a_box_is_known():
    box = (0, 0, 100, 50)
    assert paths.inside(paths.read("M 0 0 L 10 5"), box)
    assert paths.inside(paths.read("M 0 0 L 10.1 5"), box)  # a tenth is rounding
    assert not paths.inside(paths.read("M 0 0 L 10.2 5"), box)
    assert not paths.inside(paths.read("M 0 0 C 0 9 5 5 10 5"), box)


def test_the_bar_of_a_count_of_zero_is_not_drawn():
    bars = "M 1 9 L 3 9 L 3 5 L 1 5 z M 4 9 L 6 9 L 6 9 L 4 9 z M 0 0 z"
    assert paths.write(paths.drawn(paths.read(bars))) == "M1 9h2v-4h-2z"
    line = paths.read("M 1 9 L 3 9")
    assert paths.drawn(line) == line
    dot = paths.as_circle(paths.read(CIRCLE))
    assert paths.drawn(dot) == dot
