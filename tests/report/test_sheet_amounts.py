"""Every amount of the win-back sheet, worked out in the cells beside it as Excel would.

The formulas are written out as they would be typed into the sheet, row by row; a small evaluator
reads them, in decimals and with Excel's rounding (half away from zero).
"""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from toolkit.action import plan_action
from toolkit.report.sheets import sheets
from toolkit.report.workbook import write_workbook
from toolkit.words import Words

# Column: formula over columns of the same row; `places` digits after the point for money.
FORMULAS = {
    "margin_if_returns": "ROUND([spend_per_visit]*[visits_if_back]*[margin_share],places)",
    "uplift": "ROUND([kappa]*[chance]*(1-[chance]),6)",
    "break_even": "ROUND(([contact_cost]+[chance]*[offer_cost])"
    "/([margin_if_returns]-[offer_cost]),6)",
    "priority_low": "ROUND([kappa_low]*[chance]*(1-[chance])*([margin_if_returns]-[offer_cost])"
    "-[contact_cost]-[chance]*[offer_cost],places)",
}
FORMULAS["priority"] = FORMULAS["priority_low"].replace("kappa_low", "kappa")
FORMULAS["priority_high"] = FORMULAS["priority_low"].replace("kappa_low", "kappa_high")
KEPT = FORMULAS["margin_if_returns"].replace("visits_if_back", "visits_if_comes")
LAPSING = FORMULAS | {
    "margin_if_returns": KEPT,
    "expected_loss": "ROUND((1-[chance])*[margin_if_returns],places)",
}
STEP = {
    k: v.replace("[margin_if_returns]", "[margin_if_returns]+[step_gain]")
    for k, v in FORMULAS.items()
}
GOLDEN = STEP | {
    "margin_if_returns": KEPT,
    "expected_gain": "ROUND([uplift]*([margin_if_returns]+[step_gain]),places)",
}
SHEETS = {"winback": FORMULAS, "about_to_lapse": LAPSING, "golden": GOLDEN}
MONEY = ("margin_if_returns", "priority", "priority_low", "priority_high")
# What the sheet's amounts start from: told by the file or by the client.
OTHERS = (
    *("chance", "visits_if_back", "visits_if_comes", "margin_share"),
    *("kappa_low", "kappa", "kappa_high", "step_gain"),
)
GIVEN = {"amount", "spend_per_visit", "contact_cost", "offer_cost"}


def letters(place):
    """The name of a column: A, B ... Z, AA."""
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def typed(formula, columns, row, places):
    """The formula as it is typed into a row: =ROUND(T2*N2,6)."""
    cells = {f"[{name}]": f"{letters(place)}{row}" for name, place in columns.items()}
    for name in sorted(cells, key=len, reverse=True):
        formula = formula.replace(name, cells[name])
    return "=" + formula.replace("places", str(places))


@pytest.fixture
def again():
    """`again(told, **settings)`: the same book and outlook under other money."""

    def planned(told, **more):
        settings = told.settings.model_copy(update=more)
        outlook = told.outlook
        if "margin" in more:
            table = outlook.customers_table
            margin = table.spend_per_visit * outlook.visits_if_back * settings.margin_share
            outlook = replace(outlook, customers_table=table.mutate(margin_if_returns=margin))
        return SimpleNamespace(book=told.book, plan=plan_action(told.book, outlook, settings))

    return planned


def rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


def evaluated(formula, cells):
    """What Excel would show for it: numbers, + - * / ( ) and ROUND over cells of the sheet."""
    assert re.fullmatch(r"=[A-Z0-9+\-*/(),.]+", formula)
    names = dict.fromkeys(re.findall(r"\b[A-Z]+\d+\b", formula))
    code = re.sub(r"(?<![A-Z\d])\d+(?![\d])", lambda m: f"D({m[0]})", formula[1:])
    return eval(code, {"ROUND": rounded, "D": Decimal, **{name: cells[name] for name in names}})


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({}, id="letters"),
        pytest.param(
            {"channels": "letter,mail,line", "offer_cost": 150, "contact_cost": 63, "margin": 0.37},
            id="channels and an offer",
        ),
        pytest.param({"offer_cost": 9000, "budget": 5000}, id="an offer that eats the margin"),
    ],
)
def test_every_amount_can_be_worked_out_in_excel(client, again, tmp_path, more):
    told = again(client("sample", language="en"), **more)
    write_workbook(tmp_path / "a.xlsx", sheets(told.book, told.plan), currency="JPY")
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    for name, formulas in SHEETS.items():
        sheet = book.get_sheet_by_name(Words("en")[f"sheet.{name}"]).to_python()
        assert len(sheet) - 1 == len(getattr(told.plan, name)) > 30
        work_out(sheet, formulas)


def work_out(sheet, formulas):
    """Every amount of a sheet of which there is a formula, against the cell."""
    (head, *rows), words = sheet, Words("en")
    names = {words[f"column.{key}"]: key for key in [*formulas, *GIVEN, *OTHERS]}
    columns = {names[title]: place for place, title in enumerate(head) if title in names}
    for row, values in enumerate(rows, start=2):
        cells = {
            f"{letters(place)}{row}": Decimal(repr(value))
            for place, value in enumerate(values)
            if isinstance(value, int | float)
        }
        for name, formula in formulas.items():
            at = f"{letters(columns[name])}{row}"
            if at not in cells:  # no uplift pays for the offer
                assert name == "break_even"
                known = [
                    values[columns[k]] for k in ("margin_if_returns", "step_gain") if k in columns
                ]
                assert sum(known) <= values[columns["offer_cost"]]
                continue
            worked = evaluated(typed(formula, columns, row, 2), cells)
            assert worked == cells[at], (row, name, worked, cells[at])


def test_no_amount_of_the_sheet_is_without_a_formula(client):
    told = client("sample", language="en")
    made = {sheet.name: sheet for sheet in sheets(told.book, told.plan)}
    own = {
        "winback": set(),
        "about_to_lapse": {"expected_loss"},
        "golden": {"expected_gain", "step_gain", "amount_lacking"},
    }
    for name, more in own.items():
        sheet = made[Words("en")[f"sheet.{name}"]]
        money = {column for column in sheet.frame if sheet.forms.get(column) == "money"}
        assert money == {*MONEY, *GIVEN, *more}
