import pandas as pd
import pytest

from toolkit.report.amounts import axis_amount, in_major_units


def test_only_the_columns_named_are_brought_to_major_units():
    frame = pd.DataFrame({"a": [1999, -5], "b": [10, None], "n": [7, 8]})
    told = in_major_units(frame, ["a", "b"], "USD")
    assert told.a.tolist() == [19.99, -0.05]
    assert told.b[0] == 0.1 and pd.isna(told.b[1])
    assert told.n.tolist() == [7, 8]
    assert frame.a.tolist() == [1999, -5]


@pytest.mark.parametrize("code, shown", [("JPY", 1999.0), ("USD", 19.99), ("KWD", 1.999)])
def test_each_currency_has_its_own_minor_unit(code, shown):
    assert in_major_units(pd.DataFrame({"a": [1999]}), ["a"], code).a[0] == shown


@pytest.mark.parametrize(
    "code, language, value, text",
    [
        ("JPY", "ja", 5_000_000, "¥500万"),
        ("JPY", "ja", 120_000_000, "¥1.2億"),
        ("JPY", "en", 5_000_000, "¥5M"),
        ("JPY", "en", 1_500, "¥1.5K"),
        ("JPY", "en", 0, "¥0"),
        ("JPY", "ja", -20_000, "-¥2万"),
        ("USD", "en", 2_500_000, "$2.5M"),
        ("JPY", "en", 10_050_000, "¥10M"),
        ("JPY", "ja", 22_907_912, "¥2,291万"),
        ("JPY", "ja", 123_456, "¥12.3万"),
        ("JPY", "ja", 6_480, "¥6,480"),
        ("USD", "en", -123_400, "-$123K"),
    ],
)
def test_an_axis_is_marked_as_the_language_counts(code, language, value, text):
    assert axis_amount(code, language)(value, 0) == text
