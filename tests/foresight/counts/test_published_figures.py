"""What the models say of single customers, against the printed values (39 weeks ahead)."""

import numpy as np
import pytest

from toolkit.foresight.counts import CountModel, discounted_visits, fit_family

NAMES = {
    "bg_cnbd": ("r", "alpha", "a", "b"),
    "mbg_cnbd": ("r", "alpha", "a", "b"),
    "pareto_nbd": ("r", "alpha", "s", "beta"),
}
PRINTED = {
    "bg_cnbd": (0.243, 4.414, 0.793, 2.426),
    "mbg_cnbd": (0.525, 6.183, 0.891, 1.614),
    "pareto_nbd": (0.553, 10.578, 0.606, 11.669),
}
CUSTOMERS = [
    (0, 0, 38.86),
    (1, 1.71, 38.86),
    (2, 30.43, 38.86),
    (5, 30, 39),
    (10, 35, 39),
    (23, 39, 39),
    (26, 30.86, 31),
]
FIGURES = {  # P(alive), expected visits, P(any), customers as above
    "bg_cnbd": [
        (1.000000, 0.195098, 0.144551),
        (0.212101, 0.203187, 0.116667),
        (0.726579, 1.226028, 0.554627),
        (0.705627, 2.679457, 0.681132),
        (0.842603, 6.116056, 0.841417),
        (0.968555, 15.685399, 0.968555),
        (0.968916, 20.749726, 0.968916),
    ],
    "mbg_cnbd": [
        (0.389735, 0.154013, 0.108829),
        (0.170836, 0.188837, 0.104844),
        (0.706202, 1.262961, 0.559994),
        (0.685103, 2.582247, 0.663092),
        (0.830898, 5.833805, 0.829709),
        (0.965066, 14.877655, 0.965065),
        (0.965566, 19.450723, 0.965566),
    ],
    "pareto_nbd": [
        (0.295287, 0.107081, 0.069285),
        (0.168002, 0.171093, 0.086641),
        (0.869168, 1.455123, 0.591937),
        (0.810831, 2.945469, 0.711754),
        (0.923724, 6.376974, 0.873146),
        (1.000000, 15.407882, 0.975422),
        (0.997919, 20.117026, 0.976190),
    ],
}


def model(family, *parameters, k=1):
    named = dict(zip(NAMES[family], parameters, strict=True))
    return CountModel(family, k, named, 0.0, 1, "leave")


def figures(model, histories, horizon_weeks):
    days = 7 * horizon_weeks
    return np.column_stack(
        [
            model.chance_alive(histories),
            model.expected_visits(histories, days),
            model.chance_any(histories, days),
        ]
    )


@pytest.mark.parametrize("family", FIGURES)
def test_seven_customers_have_their_printed_figures(weeks, family):
    found = figures(model(family, *PRINTED[family]), weeks(*CUSTOMERS), 39)
    assert found == pytest.approx(np.array(FIGURES[family]), abs=6e-7)


def test_hardie_s_customer_and_the_one_of_btyd(weeks):
    bg = model("bg_cnbd", *PRINTED["bg_cnbd"])
    assert bg.expected_visits(weeks((2, 30.43, 38.86)), 273) == pytest.approx(1.226, abs=5e-4)
    pareto = model("pareto_nbd", 0.5533971, 10.5801985, 0.6060625, 11.6562237)
    assert pareto.chance_alive(weeks((0, 0, 39))) == pytest.approx(0.2941633, abs=5e-8)
    regular = weeks((26, 30.86, 31))
    assert pareto.expected_visits(regular, 364) == pytest.approx(25.46, abs=5e-3)
    assert pareto.chance_alive(regular) == pytest.approx(0.997918, abs=5e-7)


def test_the_same_two_at_the_fit_to_the_file(shop_of_file, weeks):
    # The maximum is flat: fits of the same height differ in the fifth digit of these figures.
    pareto = fit_family(shop_of_file("cdnow"), "pareto_nbd")
    regular = weeks((26, 30.86, 31))
    assert pareto.expected_visits(regular, 364) == pytest.approx(25.4568, abs=6e-4)
    assert pareto.chance_alive(regular) == pytest.approx(0.997918, abs=5e-7)
    assert pareto.chance_alive(weeks((0, 0, 39))) == pytest.approx(0.294293, abs=2e-5)


def test_a_new_customer_s_visits(weeks):
    new = weeks((0, 0, 0))
    bg, pareto = (model(family, *PRINTED[family]) for family in ("bg_cnbd", "pareto_nbd"))
    assert bg.expected_visits(new, 364) == pytest.approx(1.446051, abs=1e-6)
    assert pareto.expected_visits(new, 364) == pytest.approx(1.472997, abs=1e-6)
    # The parameters of BTYD's table of the first ten weeks, to two decimals as used for it.
    table = model("pareto_nbd", 0.55, 10.56, 0.61, 11.64)
    weekly = [table.expected_visits(new, 7 * week)[0] for week in range(10)]
    printed = "0 .05077821 .09916088 .14542507 .18979930 .23247466 .27361274 .31335159 .35181024"
    assert weekly == pytest.approx([*map(float, printed.split()), 0.38909211], abs=1e-8)


def test_the_more_frequent_buyer_is_worth_less_after_a_silence():
    parameters = dict(r=0.5629966, alpha=12.5590370, s=0.4081095, beta=10.5148048)
    history = np.array([(7, 35, 77.86), (1, 30, 77.86), (10, 30, 77.86)]).T
    found = discounted_visits(parameters, history, 0.0027)
    assert found == pytest.approx([1.864183, 2.199155, 0.167928], abs=1e-6)


def test_two_phases_of_the_grocer(weeks):
    grocer = model("mbg_cnbd", 1.3292, 2.8126, 0.4247, 0.7900, k=2)
    silent = figures(grocer, weeks(*((x, 12, 52) for x in range(1, 6))), 52)
    expected = [0.2813, 0.0785, 0.0137, 0.0019, 0.0002]
    assert silent[:, 1] == pytest.approx(expected, abs=6e-5)
    assert silent[:, 0] == pytest.approx([0.1564, 0.0292, 0.0039, 0.0004, 0.0000], abs=6e-5)
    others = weeks((0, 0, 52), (1, 50.28, 52), (3, 30, 52), (10, 45, 52), (19, 48.57, 52))
    found = figures(grocer, others, 52)
    assert found[:, 1] == pytest.approx([0.0642, 1.0503, 1.5586, 7.6572, 15.2537], abs=6e-5)
    assert found[:, 2] == pytest.approx([0.0437, 0.5951, 0.4449, 0.8369, 0.9270], abs=6e-5)


def test_what_broke_other_packages_is_finite(weeks):
    hard = weeks(
        (221, 103.42857, 103.57143),
        (254, 97.14286, 97.28571),
        (161, 94.71429, 98),
        (204, 98.57143, 99.42857),
    )
    found = figures(model("pareto_nbd", 0.5143, 2.8845, 0.2856, 14.1087), hard, 39)
    assert np.isfinite(found).all()
    assert ((found[:, [0, 2]] > 0.7) & (found[:, [0, 2]] <= 1)).all()
    busy = model("pareto_nbd", 0.55, 10.58, 0.61, 11.67)
    visits = busy.expected_visits(weeks((132, 200, 200), (133, 200, 200)), 70)
    assert visits == pytest.approx([6.20605, 6.25287], abs=1e-5)
