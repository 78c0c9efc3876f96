import datetime as dt
from decimal import Decimal

import pytest

from toolkit.problems import InputProblem
from toolkit.settings import Settings


def faults(**given):
    """{name of the setting: key of the fault}, and the values told with each."""
    with pytest.raises(InputProblem) as caught:
        Settings.checked(given)
    return {values["name"]: (key, values) for key, values in caught.value.faults}


def keys(**given):
    return {name: key for name, (key, _) in faults(**given).items()}


def test_text_from_the_command_line_becomes_typed_values():
    found = Settings.checked(
        {
            "lapse_days": "365",
            "amount_line": "12.50",
            "closing_date": "2024-02-29",
            "no_amount": "true",
            "currency": "usd",
        }
    )
    assert (found.lapse_days, found.amount_line) == (365, Decimal("12.50"))
    assert (found.closing_date, found.no_amount) == (dt.date(2024, 2, 29), True)
    assert found.currency == "USD"


def test_a_misspelt_parameter_is_told_with_the_nearest():
    key, values = faults(lapse_day=240)["lapse_day"]
    assert (key, values["near"]) == ("unknown_parameter_near", "lapse_days")


def test_a_parameter_like_no_other_is_told_alone():
    assert keys(qqq=1) == {"qqq": "unknown_parameter"}


def test_all_faults_are_told_at_once():
    assert keys(lapse_day=1, margin=2, currency="YEN", language="fr", closing_date="soon") == {
        "lapse_day": "unknown_parameter_near",
        "margin": "setting_limits",
        "currency": "setting_unreadable",
        "language": "setting_choice",
        "closing_date": "setting_unreadable",
    }


@pytest.mark.parametrize(
    ("name", "inside", "outside"),
    [
        ("lapse_days", [1, 3_650], [0, 3_651]),
        ("fledgling_days", [1, 3_650], [0, 3_651]),
        ("prime_days", [1, 3_650], [0, 3_651]),
        ("amount_line", ["0.01", 10**12], [0, -1, 10**12 + 1]),
        ("margin", [0.01, 1], [0, 1.01, float("nan")]),
        ("contact_cost", [0, 10**9], [-1, 10**9 + 1]),
        ("horizon_days", [7, 1_095], [6, 1_096]),
        ("kappa", [0.1, 0.5], [-0.1, 1.1]),
        ("small_hole", [0.01, 0.99], [0, 1]),
        ("max_silence_days", [1, 36_500], [0, 36_501]),
    ],
)
def test_limits_are_kept(name, inside, outside):
    for value in inside:
        assert getattr(Settings.checked({name: value}), name) is not None
    for value in outside:
        assert keys(**{name: value}) == {name: "setting_limits"}


def test_the_assumed_responses_have_to_rise_from_low_to_high():
    assert keys(kappa=0.9) == {"kappa": "kappa_order"}
    assert Settings.checked({"kappa_low": 0.3, "kappa": 0.3, "kappa_high": 0.3}).kappa == 0.3


def test_a_fault_tells_the_limits_and_the_unit():
    _, values = faults(horizon_days=3)["horizon_days"]
    assert (values["range"].low, values["range"].high) == ("7", "1095")
    assert values["unit"].unit == "days"
    assert values["value"] == "3"


@pytest.mark.parametrize(
    ("name", "value", "en", "ja"),
    [
        ("horizon_days", 3, "out of range: 7 to 1095 (", "7〜1095（"),
        ("margin", 0, "out of range: above 0, at most 1 (", "0より大きく1以下（"),
        ("control_share", 1, "out of range: from 0 to below 1 (", "0以上1未満（"),
        ("small_hole", 1, "out of range: above 0 and below 1 (", "0より大きく1未満（"),
    ],
    ids=["closed", "above", "below", "between"],
)
def test_an_end_that_is_not_allowed_itself_is_told(name, value, en, ja):
    with pytest.raises(InputProblem) as problem:
        Settings.checked({name: value})
    assert en in problem.value.text("en") and ja in problem.value.text("ja")


def test_a_fault_tells_the_choices_in_no_language():
    assert faults(language="fr")["language"][1]["choices"] == "ja, en, both"
    assert faults(profile="best")["profile"][1]["choices"] == "classic, auto"
    assert faults(date_order="day")["date_order"][1]["choices"] == "ymd, dmy, mdy, reiwa"
    assert faults(decimal_mark=";")["decimal_mark"][1]["choices"] == '",", "."'


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lapse_days", "many"),
        ("lapse_days", 1.5),
        ("closing_date", "2024-02-30"),
        ("timezone", "Mars/Base"),
        ("currency", "YEN"),
        ("day_starts_at", "24:00"),
        ("day_starts_at", "5:00"),
        ("no_amount", "perhaps"),
        ("client", "x" * 81),
    ],
)
def test_what_cannot_be_read_is_told(name, value):
    assert keys(**{name: value}) == {name: "setting_unreadable"}


def test_a_problem_speaks_the_language_asked_for():
    with pytest.raises(InputProblem) as caught:
        Settings.checked({"language": "ja", "margin": 2})
    assert str(caught.value) == caught.value.text("ja")
    with pytest.raises(InputProblem) as caught:
        Settings.checked({"language": "fr"})
    assert caught.value.language == "both"


def test_a_time_zone_is_named_as_the_database_has_it():
    assert Settings.checked({"timezone": "Asia/Tokyo"}).timezone == "Asia/Tokyo"
    assert Settings().timezone is None


def test_a_mapping_of_plain_values_is_taken_whole():
    found = Settings.from_parameters({"sales_file": "a.csv", "lapse_days": 100})
    assert (found.sales_file, found.lapse_days) == ("a.csv", 100)
    with pytest.raises(InputProblem):
        Settings.from_parameters({"lapse_day": 100})


def notebook(*cells, **names):
    """What `globals()` holds in a notebook after these cells."""
    return {"In": ["", *cells], "Out": {}, "__name__": "__main__", **names}


def test_from_a_notebook_only_the_parameters_are_taken():
    cell = "# Parameters of this diagnosis\nsales_file = 'a.csv'\nlapse_days = 100"
    given = notebook(
        cell, "margin = 0.9", sales_file="a.csv", lapse_days=100, margin=0.9, pd="pandas"
    )
    found = Settings.from_parameters(given)
    assert (found.sales_file, found.lapse_days, found.margin) == ("a.csv", 100, None)


def test_a_misspelt_parameter_in_a_notebook_is_told():
    given = notebook("# Parameters\nlapse_dais = 100", lapse_dais=100)
    with pytest.raises(InputProblem) as caught:
        Settings.from_parameters(given)
    assert caught.value.faults[0][1]["near"] == "lapse_days"


def test_a_parameter_with_a_type_beside_it_is_one_too():
    given = notebook("# Parameters\nlapse_dais: int = 100", lapse_dais=100)
    with pytest.raises(InputProblem):
        Settings.from_parameters(given)


def test_what_papermill_puts_in_a_cell_of_its_own_counts():
    first, second = "# Parameters\nlapse_days = 100", "# Parameters\nprime_days = 5\n"
    found = Settings.from_parameters(notebook(first, second, lapse_days=100, prime_days=5))
    assert (found.lapse_days, found.prime_days) == (100, 5)


def test_without_a_parameters_cell_the_fields_among_the_names_are_taken():
    found = Settings.from_parameters(notebook("lapse_days = 9", lapse_days=9, other=1))
    assert found.lapse_days == 9


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Settings().lapse_days = 5


def test_what_rests_on_a_default_is_assumed():
    assert Settings().assumed() == ("margin", "contact_cost")
    assert Settings(margin=0.4).assumed() == ("contact_cost",)
    assert Settings(margin=0.4, contact_cost=0).assumed() == ()


def test_what_is_assumed_has_a_value():
    assert Settings().margin_share == 0.4 and Settings(margin=0.3).margin_share == 0.3
    assert Settings().cost_per_contact == 120
    assert Settings(currency="USD").cost_per_contact == 1
    assert Settings(contact_cost="0").cost_per_contact == 0


def test_the_client_is_named_after_the_file_unless_named():
    assert Settings(sales_file="in/やまだ屋.csv.gz").client_name == "やまだ屋"
    assert Settings(sales_file="a.csv", client="Yamada").client_name == "Yamada"
    assert Settings().client_name == "client"


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (("in/2023.csv", "in/2024.csv"), "2023"),
        (("やまだ屋/", "b.csv"), "やまだ屋"),
        ("in/山田商店", "山田商店"),
        ("山田商店/*.csv", "山田商店"),
        ("山田商店/20??/[ab]*.csv", "山田商店"),
        ("*.csv", "client"),
        ((), "client"),
    ],
)
def test_the_client_of_several_files_is_named_after_the_folder_or_the_first(files, name):
    assert Settings(sales_file=files).client_name == name


def test_the_sales_file_may_be_several():
    assert Settings(sales_file="a.csv").sales_files == ("a.csv",)
    assert Settings.checked({"sales_file": ["a.csv", "b.csv"]}).sales_files == ("a.csv", "b.csv")
    assert keys(sales_file=[1, 2]) == {"sales_file": "setting_unreadable"}
    assert keys(sales_file=5) == {"sales_file": "setting_unreadable"}


def test_lists_of_texts_are_texts_with_commas():
    found = Settings.checked({"exclude_customers": [0, "店頭"], "subscription_words": ("定期",)})
    assert (found.exclude_customers, found.subscription_words) == ("0,店頭", "定期")


def test_both_languages_come_in_the_order_shown():
    assert Settings().languages == ("ja", "en")
    assert Settings(language="en").languages == ("en",)


def test_every_setting_has_a_unit():
    assert Settings.units().keys() == Settings.model_fields.keys()
    assert Settings.units()["amount_line"] == "money"
