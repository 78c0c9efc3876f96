"""The fits the papers and packages print for public files, to their last digit."""

import pytest

from toolkit.foresight.counts import fit_counts, fit_family

# shop, family, k: parameters as printed, log-likelihood as printed (timing, without constants)
FITS = {
    "cdnow nbd": ("cdnow", "nbd", 1, ("0.3848", "12.072"), "-9763.66"),
    "cdnow pareto": (
        "cdnow",
        "pareto_nbd",
        1,
        ("0.55328", "10.5777", "0.60624", "11.6687"),
        "-9594.976",
    ),
    "cdnow bg": ("cdnow", "bg_cnbd", 1, ("0.24259", "4.4136", "0.79292", "2.4259"), "-9582.429"),
    "cdnow mbg": ("cdnow", "mbg_cnbd", 1, ("0.52484", "6.1831", "0.89136", "1.6140"), "-9582.136"),
    "cdnow bg 2": ("cdnow", "bg_cnbd", 2, ("0.2269", "1.4629", "0.9440", "2.0743"), "-9855.33"),
    "cdnow bg 3": ("cdnow", "bg_cnbd", 3, ("0.2195", "0.8334", "1.0261", "2.0941"), "-10393.57"),
    "cdnow mbg 2": ("cdnow", "mbg_cnbd", 2, ("0.5799", "2.2881", "1.1345", "1.5850"), "-9853.25"),
    "78 pareto": (
        "cdnow_78",
        "pareto_nbd",
        1,
        ("0.56300", "12.5592", "0.40811", "10.5145"),
        "-17135.836",
    ),
    "78 bg": ("cdnow_78", "bg_cnbd", 1, ("0.25356", "5.44726", "0.60737", "2.64723"), "-17138.234"),
    "78 mbg": (
        "cdnow_78",
        "mbg_cnbd",
        1,
        ("0.61784", "8.65696", "0.55152", "1.00906"),
        "-17127.373",
    ),
    "full bg": ("cdnow_full", "bg_cnbd", 1, ("0.2516", "4.7889", "0.7234", "2.1611"), "-95368.44"),
    "full mbg": (
        "cdnow_full",
        "mbg_cnbd",
        1,
        ("0.6371", "7.3103", "0.8075", "1.2284"),
        "-95336.96",
    ),
    "full pareto": (
        "cdnow_full",
        "pareto_nbd",
        1,
        ("0.5974", "11.5857", "0.5222", "8.8278"),
        "-95415.12",
    ),
    "grocery nbd": ("grocery", "nbd", 1, ("0.4203", "5.2451"), "-16376.86"),
    "grocery pareto": (
        "grocery",
        "pareto_nbd",
        1,
        ("0.7864", "5.6790", "0.3862", "5.7178"),
        "-15782.392",
    ),
    "grocery bg": ("grocery", "bg_cnbd", 1, ("0.3486", "2.5817", "0.5038", "3.6444"), "-15836.566"),
    "grocery mbg": (
        "grocery",
        "mbg_cnbd",
        1,
        ("1.2569", "6.0391", "0.3683", "0.7158"),
        "-15781.939",
    ),
    "grocery bg 2": (
        "grocery",
        "bg_cnbd",
        2,
        ("0.3591", "1.1294", "0.5228", "2.7855"),
        "-15054.173",
    ),
    "grocery mbg 2": (
        "grocery",
        "mbg_cnbd",
        2,
        ("1.3292", "2.8126", "0.4247", "0.7900"),
        "-14978.211",
    ),
    "uci nbd": ("uci", "nbd", 1, ("0.7226", "9.4245"), "-21755.35"),
    "uci mbg 2": ("uci", "mbg_cnbd", 2, ("0.8528", "4.3176", "0.1559", "2.0055"), "-21217.31"),
}


def last_digit(printed):
    """Half a unit of the last place printed (text: a zero at the end is a place too), and a grain
    for what was rounded twice."""
    places = len(printed.split(".")[1])
    return 0.51 * 10**-places


@pytest.mark.parametrize("name", FITS)
def test_a_published_fit_is_found_again(shop_of_file, name):
    shop, family, k, parameters, height = FITS[name]
    model = fit_family(shop_of_file(shop), family, k)
    assert model.log_likelihood == pytest.approx(float(height), abs=last_digit(height))
    for found, printed in zip(model.parameters.values(), parameters, strict=True):
        assert found == pytest.approx(float(printed), abs=max(last_digit(printed), 5e-5))


def test_the_third_phase_fits_the_grocery_worse(shop_of_file):
    model = fit_family(shop_of_file("grocery"), "mbg_cnbd", 3)
    assert model.log_likelihood == pytest.approx(-14996.85, abs=0.005)


@pytest.mark.parametrize(
    "family, errors",
    [
        ("pareto_nbd", ("0.0476264", "0.8427222", "0.1872594", "6.2105448")),  # CLVTools
        ("bg_cnbd", ("0.0126", "0.3782", "0.1857", "0.7054")),
        ("mbg_cnbd", ("0.0833", "0.6956", "0.1548", "0.5375")),
    ],
)
def test_standard_errors_are_the_published_ones(shop_of_file, family, errors):
    found = fit_family(shop_of_file("cdnow"), family).standard_errors
    for error, printed in zip(found.values(), errors, strict=True):
        assert error == pytest.approx(float(printed), rel=2e-4, abs=min(last_digit(printed), 5e-5))


@pytest.mark.parametrize(
    "family, parameters, height",
    [
        ("bg_cnbd", (0.24259, 4.41353, 0.79289, 2.42575), -9582.4256),
        ("mbg_cnbd", (0.52484, 6.18299, 0.89136, 1.61400), -9582.1327),
        ("pareto_nbd", (0.55328, 10.57761, 0.60621, 11.66790), -9594.9739),
    ],
)
def test_weeks_of_two_decimals_give_the_fit_of_the_summary_file(
    shop_of_file, family, parameters, height
):
    histories = shop_of_file("cdnow")
    for name in ("last_days", "age_days"):
        histories = histories.assign(**{name: (histories[name] / 7).round(2) * 7})
    model = fit_family(histories, family)
    assert model.log_likelihood == pytest.approx(height, abs=1e-4)
    assert list(model.parameters.values()) == pytest.approx(parameters, abs=2e-4)


@pytest.mark.parametrize(
    "shop, family, k, verdict",
    [
        ("cdnow", "mbg_cnbd", 1, "leave"),
        ("cdnow_full", "mbg_cnbd", 1, "leave"),
        ("grocery", "mbg_cnbd", 2, "regular"),
        ("uci", "bg_cnbd", 2, "regular"),
    ],
)
def test_the_likelihood_chooses_the_family_and_the_phases(shop_of_file, shop, family, k, verdict):
    model = fit_counts(shop_of_file(shop))
    assert (model.family, model.k, model.verdict) == (family, k, verdict)
    assert model.standard_errors is not None


@pytest.mark.parametrize("family", ["bg_cnbd", "mbg_cnbd", "pareto_nbd"])
def test_nobody_is_seen_to_leave_the_wholesaler_without_phases(shop_of_file, family):
    # All three collapse to the NBD: as high as it, no errors in the millions, and it says so.
    model = fit_family(shop_of_file("uci"), family)
    assert model.log_likelihood == pytest.approx(-21755.35, abs=0.01)
    assert model.verdict == "slow_down"
    assert model.standard_errors is None


def test_the_wholesaler_without_its_gaps_falls_back_to_the_nbd(shop_of_file):
    histories = shop_of_file("uci")
    model = fit_counts(histories.assign(log_gaps=-1e4))  # gaps that speak against any rhythm
    assert (model.family, model.k, model.verdict) == ("nbd", 1, "slow_down")
    assert model.log_likelihood == pytest.approx(-21755.35, abs=0.005)


def test_the_grocer_s_coming_year_is_what_the_exact_series_says(shop_of_file):
    # 3,812 visits (actual 3,389; the usual approximation says 3,970).
    histories = shop_of_file("grocery")
    visits = fit_family(histories, "mbg_cnbd", 2).expected_visits(histories, 364)
    assert visits @ histories.customers == pytest.approx(3812, abs=1)
