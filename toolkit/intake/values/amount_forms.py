"""What stands around the digits of an amount: signs, currencies, brackets, units, words on tax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from toolkit import currency as money

SIGNS = {  # what a sign written at an amount can mean
    "¥": ("JPY", "CNY"),
    "円": ("JPY",),
    "yen": ("JPY",),
    "Yen": ("JPY",),
    "\\": ("JPY",),  # Shift_JIS has the yen sign where others have the backslash
    "元": ("CNY", "TWD"),
    "₩": ("KRW",),
    "₹": ("INR",),
    "€": ("EUR",),
    "£": ("GBP", "EGP", "LBP", "SYP", "FKP", "GIP", "SHP", "SSP", "SDG", "GGP", "IMP", "JEP"),
    "$": (
        *("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "BRL"),
        *("UYU", "DOP", "BBD", "BMD", "BND", "BSD", "BZD", "CVE", "FJD", "GYD", "JMD", "KYD"),
        *("LRD", "NAD", "SBD", "SRD", "TTD", "XCD", "DZD", "CUP", "NIO", "MOP"),
    ),
    "US$": ("USD",),
    "A$": ("AUD",),
    "C$": ("CAD",),
    "S$": ("SGD",),
    "HK$": ("HKD",),
    "NT$": ("TWD",),
    "NZ$": ("NZD",),
    "R$": ("BRL",),
}
_POWERS = {"": 0, "千": 3, "万": 4, "百万": 6, "千万": 7, "億": 8}

FREE = frozenset({"無料", "無償", "free"})
_PARTS = (  # what stands around the digits is of few kinds, so each kind is looked at once
    r"^(?P<front>[^\d.,]{0,16})(?P<body>[\d.,]*(?:[ '’][\d.,]+)*)"
    r"(?:[eE](?P<power>[+-]?\d{1,2}))?(?P<back>\D{0,16})$"
)
_DASH = "-−–—―‐ー"  # ー is what a Japanese keyboard has beside the digits
_MARK = rf"[{_DASH}△▲+]"
_SIGN = r"(?:[A-Z]{3} ?[¥$€£\\]?|[A-Z]{1,2}\$|[Yy]en|[¥$€£\\円元₩₹])"
_WORD = r"(?:税?込み?|税?抜き?|税別|内税|外税|内|外)"
_FLAG = r"(?:[*※@]{1,3} ?)?"  # of a receipt: the reduced rate of tax, the price of one
_TAX = rf"(?:\({_WORD}\)|{_WORD})?"
_DRESS = re.compile(
    rf"{_FLAG}{_TAX} ?金? ?(?P<sign1>{_SIGN})? ?(?P<open>\()? ?(?P<minus>{_MARK})? ?"
    rf"(?P<sign2>{_SIGN})? ?"
    rf"(?P<inner>{_MARK})? ?(?P<body>0\.?)? ?(?P<unit>百万|千万|千|万|億)? ?(?P<tail>[{_DASH}])? ?"
    rf"(?P<sign3>{_SIGN})? ?(?P<end>[{_DASH}])? ?(?P<close>\))? ?(?P<sign4>{_SIGN})? ?也? ?"
    rf"{_TAX} ?(?:[*※]{{1,3}}|軽|\(軽\)|\(軽減\))?"
)


@dataclass(frozen=True)
class Undressed:
    """Amounts without what stands around them, one per text.

    bodies: digits with points, commas, blanks and apostrophes between; negative; powers: of ten,
    by which the body is to be multiplied; readable: what stands around it makes an amount; signs:
    the currency signs and codes, blanks between them.
    """

    bodies: pa.StringArray
    negative: np.ndarray
    powers: np.ndarray
    readable: np.ndarray
    signs: np.ndarray


def currencies(sign: str) -> tuple[str, ...]:
    """The currencies (ISO 4217) that a sign, a code, or a code with a sign can mean; () if none."""
    code, mark = (sign[:3], sign[3:]) if money.known(sign[:3]) else ("", sign)
    meant = SIGNS.get(mark, ())
    if not code:
        return meant
    return (code,) if not mark or code in meant else ()


def tax_said(texts: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """Where half-width amounts say that tax is in them, and where that it is not (masks)."""
    found = (pc.match_substring_regex(texts, words) for words in ("込|内", "抜|税別|外"))
    return tuple(each.to_numpy(zero_copy_only=False) for each in found)


def undress(texts: pa.StringArray) -> Undressed:
    """The amounts of half-width texts.

    Negative are -500, 500-, (500), △500 and ▲500. A dash behind a yen amount (¥500-) or behind a
    point or comma (12.-) only closes it, and with a currency sign and no digits it is zero, as
    in Excel's accounting format; a dash alone is not readable: it may as well say "unknown".
    """
    bare = pc.match_substring_regex(texts, r"^-?[\d.,]*$")
    plain = bare.to_numpy(zero_copy_only=False)
    bodies = pc.utf8_ltrim(texts, "-")
    negative = pc.starts_with(texts, "-").to_numpy(zero_copy_only=False)
    powers, signs = np.zeros(len(plain), np.int64), np.full(len(plain), "", object)
    if plain.all():
        return Undressed(bodies, negative, powers, plain, signs)
    found = _dressed(texts.filter(pc.invert(bare)))
    bodies = pc.replace_with_mask(bodies, pc.invert(bare), found.bodies)
    readable, negative = plain.copy(), negative.copy()
    readable[~plain], negative[~plain] = found.readable, found.negative
    powers[~plain], signs[~plain] = found.powers, found.signs
    return Undressed(bodies, negative, powers, readable, signs)


def _dressed(texts: pa.StringArray) -> Undressed:
    """The amounts of texts in which something stands around the digits."""
    found = pc.extract_regex(texts, _PARTS)
    front, body, power, back = (
        pc.fill_null(pc.struct_field(found, name), "")
        for name in ("front", "body", "power", "back")
    )
    ends = pc.match_substring_regex(body, "[.,]$")
    digit = pc.if_else(pc.equal(body, ""), "", pc.if_else(ends, "0.", "0"))
    around = pc.binary_join_element_wise(front, digit, back, "").dictionary_encode()
    dresses = [_dress(text) for text in around.dictionary.to_pylist()]
    readable, negative, zero, powers, signs = (
        np.array(list(each))[around.indices.to_numpy()] for each in zip(*dresses, strict=True)
    )
    bare = pc.if_else(pc.equal(power, ""), "0", pc.replace_substring(power, "+", ""))
    body = pc.if_else(pa.array(zero), "0", body)
    return Undressed(
        bodies=pc.if_else(pa.array(readable), body, ""),
        negative=negative,
        powers=powers + pc.cast(bare, pa.int64()).to_numpy(),
        readable=readable,
        signs=signs.astype(object),
    )


class Dress(NamedTuple):
    """What stands around the digits: whether it makes an amount, a negative one, zero in place
    of digits; the power of ten it stands for; the currency signs, blanks between them."""

    readable: bool
    negative: bool = False
    zero: bool = False
    power: int = 0
    signs: str = ""


def _dress(around: str) -> Dress:
    """The dress of a text with 0 in place of its digits; 0. if a point or comma ends them."""
    found = _DRESS.fullmatch(around)
    if around.strip().lower() in FREE:
        return Dress(True, zero=True)
    if found is None:
        return Dress(False)
    part = {name: text or "" for name, text in found.groupdict().items()}
    signs = [part[f"sign{i}"].replace(" ", "") for i in range(1, 5) if part[f"sign{i}"]]
    meant = [currencies(sign) for sign in signs]
    if bool(part["open"]) != bool(part["close"]) or () in meant:
        return Dress(False)
    front, behind = part["minus"] + part["inner"], part["tail"] + part["end"]
    if not part["body"]:
        zero = bool(signs) and front + behind in tuple(_DASH) and not part["open"] + part["unit"]
        return Dress(zero, zero=zero, signs=" ".join(signs))
    yen = any(each[0] == "JPY" for each in meant)
    marks = front if yen or part["body"] == "0." else front + behind
    negative = bool(part["open"]) or marks not in ("", "+")
    one = len(marks) < 2 and len(behind) < 2
    return Dress(one, negative, power=_POWERS[part["unit"]], signs=" ".join(signs))
