"""Dates without a year or a day, and files without customers."""

import pytest

HEAD = "日付,お客様番号,金額\n"


def rows(written):
    return "".join(f"{each},A{n % 3},500\n" for n, each in enumerate(written))


@pytest.mark.parametrize("form", ["{}月{}日", "{}/{}", "{:02d}-{:02d}", "{}月{}日(月)"])
@pytest.mark.parametrize("given", [{}, {"date_column": "日付"}])
def test_days_without_a_year(shop, form, given):
    content = HEAD + rows(form.format(n % 12 + 1, n + 13) for n in range(9))
    values = shop.faults(content, **given)["dates_without_year"]
    assert (values["column"], values["value"]) == ("日付", form.format(1, 13))


@pytest.mark.parametrize("form", ["{}{:02d}", "{}/{}", "{}年{}月", "{}年{:02d}月分", "{}-{:02d}"])
@pytest.mark.parametrize("head", ["年月", "日付", "売上月"])
@pytest.mark.parametrize("named", [False, True])
def test_months_without_a_day(shop, form, head, named):
    given = {"date_column": head} if named else {}
    content = HEAD.replace("日付", head) + rows(form.format(2024, n % 12 + 1) for n in range(9))
    values = shop.faults(content, **given)["dates_without_day"]
    assert values["column"] == head


def test_a_whole_date_beside_the_month_is_used(shop):
    content = "年月,日付,会員番号,金額\n202401,2024-01-05,A,5\n202401,2024-01-06,B,7\n"
    assert shop.amounts(content) == [5, 7]


@pytest.mark.parametrize("head", ["客単価", "テーブル番号", "ロッカー番号", "卓番", "席番号"])
def test_what_is_no_customer_is_not_proposed(shop, head):
    """Nine values that come again on other days."""
    lines = [f"2024-01-{n:02d},{n % 9 + 1},{500 + n}\n" for n in range(1, 29)]
    faults = shop.faults(f"日付,{head},売上\n" + "".join(lines))
    assert [*faults] == ["no_customer_column"]
