"""What cannot be told is asked, all at once, with the option to add."""

import os
import re
import shlex

import pytest

from toolkit.intake import read_sales
from toolkit.intake.names import quoted
from toolkit.problems import InputProblem
from toolkit.settings import Settings
from toolkit.words import Words

ROWS = [
    f"K{i % 9},{2000 + i % 7},2024-01-{i % 28 + 1:02d},2024-02-{i % 28 + 1:02d}" for i in range(60)
]
TEXT = "会員番号,def ghi,甲の日,乙の日\n" + "\n".join(ROWS) + "\n"


def problem(shop, text=TEXT, **settings):
    with pytest.raises(InputProblem) as caught:
        read_sales(shop.path(text), Settings.checked(settings))
    return caught.value


@pytest.mark.parametrize("language", ["ja", "en"])
def test_doubtful_roles_are_told_together_with_the_options_to_add(shop, language):
    said = problem(shop).text(language)
    assert len(said.splitlines()) == 2
    for part in (
        "`--date 甲の日`",
        "`--date 乙の日`",
        "2024-01-01",
        '`--amount "def ghi"`',
        "2000",
    ):
        assert part in said
    assert "会員番号, def ghi, 甲の日, 乙の日" in said


def test_the_likeliest_column_is_named_first(shop):
    faults = dict(problem(shop).faults)
    assert faults.keys() == {"doubtful_date", "doubtful_amount"}
    choices = faults["doubtful_date"]["choices"].choices
    assert [choice[:2] for choice in choices] == [("--date", "甲の日"), ("--date", "乙の日")]
    assert choices[0][2] >= choices[1][2] > 0


def test_what_was_asked_for_ends_the_doubt(shop):
    given = {"date_column": "甲の日", "amount_column": "def ghi"}
    assert read_sales(shop.path(TEXT), Settings.checked(given)).source.rows_kept == 60


def test_a_role_that_no_column_comes_near_is_missing(shop):
    keys = [key for key, _ in problem(shop, "備考,性別\nx,男\ny,女\n").faults]
    assert keys == ["no_customer_column", "no_date_column", "no_amount_column"]


def test_a_long_example_is_cut(shop):
    text = "甲の日,乙の日,会員番号,金額\n" + "2024-01-05 10:33:00.000000000,2024-01-05,1,5\n" * 3
    said = problem(shop, text).text("en")
    assert "2024-01-05 10:33:00.000…" in said


def test_none_leaves_a_role_without_a_column(shop):
    text = "注文番号,顧客番号,注文日,金額,商品名\n" + "A,1,2024-01-05,5,茶\n" * 2
    assert len(shop.orders(text)) == 1
    assert len(shop.orders(text, order_column="none")) == 2
    assert shop.read(text, product_name_column="none").lines is None
    named = text.replace("注文番号", "none")
    assert len(shop.orders(named, order_column="none")) == 1  # a column of that name
    assert "unknown_column" in shop.faults(text, date_column="none")


def test_price_and_quantity_can_be_named(shop):
    text = "顧客番号,注文日,p,n,金額\n1,2024-01-05,5,2,99\n"
    assert shop.amounts(text) == [99]
    assert shop.amounts(text, price_column="p", quantity_column="n") == [10]
    assert shop.amounts(text, price_column="p", quantity_column="n", amount_column="金額") == [99]


def test_a_status_can_be_named(shop):
    text = "顧客番号,注文日,金額,x\n1,2024-01-05,5,取消\n1,2024-01-06,5,\n"
    assert len(shop.orders(text, status_column="x")) == 1


@pytest.mark.skipif(os.name == "nt", reason="other quotation marks")
@pytest.mark.parametrize(
    "name", ["売上 円", "AMT $", "Yahoo!の額", 'a "b" 額', "it's 額", "売上額(税)"]
)
def test_a_name_is_quoted_so_that_a_shell_gives_it_back(name):
    assert shlex.split(f"--amount {quoted(name)}") == ["--amount", name]


def test_the_options_of_a_message_work_when_pasted(shop):
    names = ["伝票 その1", "伝票 その2"]
    rows = "".join(f"A,2024-01-{n:02d},{n}00,{n}05\n" for n in range(1, 20))
    content = f"会員番号,注文日,{','.join(names)}\n{rows}"
    told = shop.faults(content)["doubtful_amount"]["choices"].write(Words("en"), "")
    pasted = [shlex.split(each) for each in re.findall("`(.*?)`", told)]
    assert sorted(name for _, name in pasted) == names
    for option, name in pasted:
        assert option == "--amount"
        assert shop.amounts(content, amount_column=name)[0] in (100, 105)


def test_the_nearest_column_is_offered_with_the_option(shop):
    content = "会員番号,注文日,売上 金額\nA,2024-01-05,5\n"
    told = shop.faults(content, amount_column="売り上げ 金額")["unknown_column"]
    assert (told["option"], told["typed"]) == ("--amount", '"売上 金額"')


def test_a_column_of_dates_none_of_which_can_be_read_is_told_with_the_first(shop):
    rows = "".join(f"K{i % 9},2024/1/{i % 28 + 1} 頃,{2000 + i}\n" for i in range(30))
    faults = shop.faults("会員番号,注文日,金額\n" + rows)
    told = faults["dates_unread"]
    assert (told["column"], told["value"], told["row"]) == ("注文日", "2024/1/1 頃", 1)
