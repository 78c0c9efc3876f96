"""Headings taken apart into name, tax and unit."""

import pytest

from toolkit.intake.columns.headings import says
from toolkit.intake.columns.qualifiers import heading, unit_above

PARTS = {  # heading -> name, tax, unit, power of ten
    "金額": ("金額", "", "", 0),
    "金額（円）": ("金額", "", "円", 0),
    "金額(税込・円)": ("金額", "with", "円", 0),
    "金額(千円)": ("金額", "", "千円", 3),
    "売上【単位：千円】": ("売上", "", "千円", 3),
    "金額(1,000円)": ("金額", "", "千円", 3),
    "売上高 百万円": ("売上高", "", "百万円", 6),
    "税抜金額": ("金額", "without", "", 0),
    "税込み合計": ("合計", "with", "", 0),
    "本体価格": ("価格", "without", "", 0),
    "金額(外税)": ("金額", "without", "", 0),
    "税抜": ("税抜", "without", "", 0),
    "amount_excl_tax": ("amount", "without", "", 0),
    "Amount (incl. VAT)": ("Amount", "with", "", 0),
    "TotalInclTax": ("Total", "with", "", 0),
    "total without tax": ("total", "without", "", 0),
    "Sales (JPY thousand)": ("Sales", "", "JPY thousand", 3),
    "Revenue (in thousands)": ("Revenue", "", "thousands", 3),
    "数量(個)": ("数量", "", "", 0),
    # of these nothing is taken away
    "内税額": ("内税額", "", "", 0),
    "1万円": ("1万円", "", "", 0),
    "メールアドレス(請求先)": ("メールアドレス(請求先)", "", "", 0),
    "with_taxes": ("with_taxes", "", "", 0),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_heading_taken_apart(name):
    found = heading(name)
    assert (found.name.strip(), found.tax, found.unit, found.power) == PARTS[name]


KNOWN = [
    ("amount", "金額(税込・円)"),
    ("amount", "税抜金額"),
    ("price", "単価（円）"),
    ("quantity", "数量（個）"),
]
ABOVE = {
    "単位：千円": "千円",
    "(単位:円)": "円",
    "2024年度 単位 百万円": "百万円",
    "（千円）": "千円",
    "in thousands of yen": "thousands",
    "売上一覧": "",
    "定価は千円": "",
}


@pytest.mark.parametrize("role, name", KNOWN)
def test_a_known_name_with_a_unit_is_known(role, name):
    assert says(role, name) == "known"


def test_tax_itself_is_no_amount():
    assert says("amount", "消費税(円)") == says("amount", "内税額") == "other"


@pytest.mark.parametrize("line", ABOVE)
def test_the_unit_above_the_header(line):
    assert unit_above(["", line]) == ABOVE[line]
