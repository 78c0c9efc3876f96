"""What the heading of a column says beside its name: tax in or out, the unit its money is in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

WITH, WITHOUT = "with", "without"
POWERS = {  # units of money -> the power of ten an amount stands for
    **dict.fromkeys(("円", "yen", "jpy", "¥", "usd", "$", "eur", "€", "gbp", "£"), 0),
    **dict.fromkeys(("千円", "thousand", "thousands", "000", "000s", "k"), 3),
    "万円": 4,
    "十万円": 5,
    **dict.fromkeys(("百万円", "million", "millions"), 6),
}
_FILL = ("単位", "unit", "units", "in", "of", "個", "点", "本", "枚", "冊", "pcs")  # and of counts
_SUM, _GAP = "(?:tax|vat|gst)", r"[\s._-]*"
_EXCLUDED = "excl(?:uding|usive|uded)?|ex"
_INCLUDED = "incl(?:uding|usive|uded)?|inc"
_TAX = (  # 内税 and 外税 only in brackets: 内税額 is the tax itself
    (WITHOUT, r"税抜き?|税別|本体(?=価格|金額|合計|計|単価)|(?<=[(・,/\s])外税(?=[)・,/\s])"),
    (WITH, r"(?:消費)?税込み?|(?<=[(・,/\s])内税(?=[)・,/\s])"),
    (WITHOUT, r"(?<![a-z])netto(?=[a-z ]|$)"),
    (WITH, r"(?<![a-z])brutto(?=[a-z ]|$)"),
    (
        WITHOUT,
        rf"(?<![a-z])(?:(?:{_EXCLUDED}|without|before){_GAP}(?:of{_GAP})?{_SUM}"
        rf"|{_SUM}{_GAP}(?:{_EXCLUDED}))(?![a-z])",
    ),
    (
        WITH,
        rf"(?<![a-z])(?:(?:{_INCLUDED}|with){_GAP}(?:of{_GAP})?{_SUM}"
        rf"|{_SUM}{_GAP}(?:{_INCLUDED}))(?![a-z])",
    ),
)
_BRACKETS = re.compile(r"[(\[【〔<「『]([^()\[\]【】〔〕<>「」『』]*)[)\]】〕>」』]")
_AT_END = re.compile(r"(?<=[^\d\W])[\s_/・]*((?:百|十)?万円|千円)$")
_ABOVE = re.compile(
    r"単位\s*[:=は]?\s*(?P<ja>(?:百|十)?万円|千円|円)|[(\[](?P<alone>(?:百|十)?万円|千円)[)\]]"
    r"|\bin\s+(?P<en>thousands?|millions?)\b|unit\w*\s*[:=]\s*(?P<unit>thousands?|millions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """A heading taken apart.

    name: without what is said of tax and unit; the whole where nothing else is left. tax: `with`,
    `without` or "". unit: of the money as written, "" for none, and the power of ten it stands for.
    """

    name: str
    tax: str = ""
    unit: str = ""
    power: int = 0


@cache
def heading(name: str) -> Heading:
    """A heading taken apart: 金額(税抜・千円) is 金額, without tax, in 千円."""
    apart = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", unicodedata.normalize("NFKC", name))
    rest = _thousand(apart)
    tax: set[str] = set()
    for kind, form in _TAX:
        rest, found = re.subn(form, "", rest, flags=re.IGNORECASE)
        tax |= {kind} if found else set()
    units: list[str] = []
    rest = _BRACKETS.sub(lambda found: "" if _is_unit(found[1], units) else found[0], rest)
    rest = _AT_END.sub(lambda found: units.append(found[1]) or "", rest)
    if rest == apart:
        return Heading(name)
    unit = max(units, key=power_of, default="")
    left = rest.strip(" _-/・,:.")
    return Heading(left or name, tax.pop() if len(tax) == 1 else "", unit, power_of(unit))


def unit_above(cells: Iterable[str]) -> str:
    """The unit of money that a line above the header states (単位：千円), "" where none does."""
    for cell in cells:
        found = _ABOVE.search(_thousand(unicodedata.normalize("NFKC", cell)))
        if found:
            return next(text for text in found.groups() if text)
    return ""


def _thousand(name: str) -> str:
    """The name with 1,000円 as 千円."""
    return re.sub(r"(?<!\d)1,?000(?=円)", "千", name)


def power_of(unit: str) -> int:
    """The power of ten that amounts in a unit stand for, 0 where it says none."""
    return max((POWERS.get(word, 0) for word in re.split(r"[\s']+", unit.lower())), default=0)


def _is_unit(inside: str, units: list[str]) -> bool:
    """Whether what stands in brackets is nothing or a unit, which is then kept in `units`."""
    words = [word for word in re.split(r"[\s・,、/:=']+", inside.lower()) if word]
    if any(word not in POWERS and word not in _FILL for word in words):
        return False
    if any(word in POWERS for word in words):
        units.append(re.sub(r"^(?:単位|units?|in)[\s:=]*", "", inside.strip(" ・,、/"), flags=re.I))
    return True
