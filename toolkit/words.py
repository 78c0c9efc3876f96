"""Every reader-facing sentence and the way numbers are written, from `templates/words/`."""

from __future__ import annotations

import datetime as dt
import string
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from numbers import Integral
from typing import Any

from babel.numbers import format_currency, format_decimal, get_currency_precision

from toolkit import resources

LANGUAGES = ("ja", "en")
ONE = "1"  # a number written so is followed by a singular


@cache
def _table(language: str) -> Mapping[str, str]:
    """The words of one language, flattened to `section.key`."""
    path = resources.folder("templates") / "words" / f"{language}.toml"
    flat: dict[str, str] = {}

    def walk(prefix: str, node: Mapping[str, Any]) -> None:
        for key, value in node.items():
            if isinstance(value, Mapping):
                walk(f"{prefix}{key}.", value)
            else:
                flat[f"{prefix}{key}"] = value

    walk("", tomllib.loads(path.read_text(encoding="utf-8")))
    return flat


class Words:
    """The words of one language. `words["a.b"]` is the sentence, `words.say` fills it in.

    A placeholder is `{name}` or `{name:form}`, form one of `count`, `share`, `points`, `days`,
    `money`, `ratio` (two decimals), `score` (three), `plain` (the default: text and dates as they
    are, numbers as counts). `money` takes the currency given as `currency` to `say`.
    `{name|customer|customers}` is the first word where the number is written as 1, else the
    second, without the number itself: `{n} {n|customer has|customers have}`.
    """

    def __init__(self, language: str):
        if language not in LANGUAGES:
            raise ValueError(f"no words for language {language!r}: one of {', '.join(LANGUAGES)}")
        self.language = language
        self._words = _table(language)

    def __getitem__(self, key: str) -> str:
        return self._words[key]

    def __contains__(self, key: str) -> bool:
        return key in self._words

    def keys(self):
        """All keys, `section.key`."""
        return self._words.keys()

    def say(self, key: str, **values: Any) -> str:
        """The sentence `key` with its values written in this language."""
        return _Filler(self, values).format(self[key])

    def joined(self, sentences: Iterable[str]) -> str:
        """Sentences after each other: with a blank between in English, without in Japanese."""
        return ("" if self.language == "ja" else " ").join(sentences)

    def write(self, value: Any, form: str = "", currency: str = "JPY") -> str:
        """One value as text: `form` as in the class docstring; None is a dash."""
        if value is None:
            return "–"
        if form == "share":
            return f"{_rounded(100 * value, 1)}%"
        if form == "points":
            return self._words["unit.points"].format(_rounded(100 * value, 1))
        if form == "days":
            return self.say("unit.days", n=value)
        if form == "money":
            return money(value, currency, self.language)
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, dt.date):
            return value.isoformat()
        if form in ("ratio", "score"):
            return str(_rounded(value, 2 if form == "ratio" else 3))
        return format_decimal(_rounded(value, 0), locale="en")


class _Filler(string.Formatter):
    def __init__(self, words: Words, values: Mapping[str, Any]):
        self.words, self.values = words, values

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> tuple[Any, str]:
        name, *forms = field_name.split("|")
        value = self.values[name]  # dots are part of the name: fact ids have them
        if not forms:
            return value, name
        one, several = forms
        return one if self.format_field(value, "count") == ONE else several, name

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Written):
            return value.write(self.words, format_spec)
        return self.words.write(value, format_spec, self.values.get("currency", "JPY"))


class Written(ABC):
    """Base of values that know how to write themselves (a fact with its unit)."""

    @abstractmethod
    def write(self, words: Words, form: str) -> str:
        """The value in the words' language, in `form` or its own."""


def money(major: Any, currency: str, language: str) -> str:
    """An amount in major units as the language writes it, to the currency's own precision."""
    digits = get_currency_precision(currency)
    locale = "ja_JP" if language == "ja" else "en_US"
    return format_currency(_rounded(major, digits), currency, locale=locale).replace("￥", "¥")


def _rounded(value: Any, digits: int) -> Decimal:
    """Rounded half up; whole numbers stay exact, and what rounds to zero has no sign."""
    if isinstance(value, Integral):
        value = Decimal(int(value))
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) + 0
