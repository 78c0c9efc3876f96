"""Sample sizes, against the tables worked out for the win-back reference."""

import pytest

from toolkit.action.trial.sizes import campaigns_to_pool, names_needed, smallest_uplift

UPLIFTS = (0.005, 0.01, 0.02, 0.03, 0.05)
NEEDED = {
    0.01: (7_750, 2_319, 769, 424, 211),
    0.02: (13_809, 3_826, 1_141, 588, 269),
    0.03: (19_743, 5_301, 1_506, 749, 326),
    0.05: (31_234, 8_158, 2_213, 1_059, 435),
    0.1: (57_763, 14_751, 3_841, 1_774, 686),
    0.2: (101_403, 25_583, 6_510, 2_943, 1_094),
}
SMALLEST = {  # names of the list -> base return rate -> points with 10, 20 and 50 % held out
    500: {0.02: (11.9, 7.7, 5.3), 0.05: (14.2, 9.7, 7.0), 0.1: (16.6, 11.7, 8.8)},
    1_000: {0.02: (7.2, 4.7, 3.3), 0.05: (9.1, 6.3, 4.6), 0.1: (11.0, 7.8, 5.9)},
    2_000: {0.02: (4.4, 3.0, 2.2), 0.05: (5.9, 4.1, 3.1), 0.1: (7.4, 5.3, 4.1)},
    5_000: {0.02: (2.4, 1.7, 1.3), 0.05: (3.4, 2.4, 1.9), 0.1: (4.4, 3.2, 2.5)},
    10_000: {0.02: (1.6, 1.1, 0.9), 0.05: (2.3, 1.7, 1.3), 0.1: (3.0, 2.2, 1.7)},
    20_000: {0.02: (1.1, 0.8, 0.6), 0.05: (1.6, 1.1, 0.9), 0.1: (2.1, 1.5, 1.2)},
}


@pytest.mark.parametrize("base", NEEDED, ids=lambda base: f"{base:.0%}")
def test_names_needed_in_each_of_two_equal_groups(base):
    assert tuple(names_needed(base, uplift) for uplift in UPLIFTS) == NEEDED[base]


@pytest.mark.parametrize("names", SMALLEST)
def test_the_smallest_uplift_a_list_can_show(names):
    for base, points in SMALLEST[names].items():
        held = [round(names * share) for share in (0.1, 0.2, 0.5)]
        found = [100 * smallest_uplift(base, names - n, n) for n in held]
        assert tuple(round(each, 1) for each in found) == points


def test_the_two_agree_where_the_groups_are_equal():
    n = names_needed(0.05, 0.02)
    assert smallest_uplift(0.05, n, n) <= 0.02 < smallest_uplift(0.05, n - 1, n - 1)


def test_without_a_group_or_without_room_nothing_can_be_shown():
    assert smallest_uplift(0.05, 100, 0) is None
    assert smallest_uplift(0.99, 10, 10) is None
    assert smallest_uplift(1.0, 100, 100) is None


@pytest.mark.parametrize(("base", "uplift"), [(0.1, 0.0), (0.1, -0.1), (0.95, 0.1)])
def test_an_uplift_that_cannot_be_is_refused(base, uplift):
    with pytest.raises(ValueError):
        names_needed(base, uplift)


def test_campaigns_are_pooled_until_they_show_it():
    assert campaigns_to_pool(0.05, 0.0415, 1_600, 400) == 1  # 4.1 points, as in the table
    assert campaigns_to_pool(0.05, 0.02, 1_600, 400) == 4  # 8,000 names: 1.9 points
    assert campaigns_to_pool(0.05, 0.0001, 160, 40) is None
