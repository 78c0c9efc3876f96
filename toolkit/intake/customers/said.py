"""What the entries of a contact log say of the customer's own will: who wants no contact, who asked
something, and what nobody has understood."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from toolkit import resources
from toolkit.settings import Settings
from toolkit.text_files import text_of

FILE = "calendar.toml"  # of the project's own words, in templates
ANY, OR = "*", "|"  # in a word: particles, or nothing; one of several
PARTICLES = r"(?:[はをもがのにでへごお等,、:：・ ]|など|とか|一切|もう|今後)*"
BETWEEN = r"(?:[はもがのを、,:()\[\]・。 ]|の?(?:希望|申出|申し出|件))*"  # a word and what lifts it
NOT_YET = (
    r"(?<!未)(?<!un)(?<!not )(?<!not)",
    r"(?!し(?:てい)?な|されな|せず|され(?:てい)?な|でき|には?至)",
)
NEGATIVE = r"(?<![a-z])(?:no|not|never|without|hasn.?t|didn.?t) (?:been |any |a )?$"


@dataclass(frozen=True)
class Said:
    """The words by which entries are understood (`templates/calendar.toml`).

    unwilling: found anywhere, of who wants no contact; whole: likewise, where it is all that is
    said; complaints: those of unwilling that are done with once `settled` follows; lifted: what
    takes back any of them when it stands next; inquiries: of who asked something; contacts: of
    contacts we make. Without case, width, blanks and hyphens; `*` is any particles. Our rules.
    """

    unwilling: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()
    inquiries: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    def refuses(self, text: str) -> bool:
        """Whether it says that the customer wants no contact: an opt-out, or a complaint that
        nobody has settled; also that nobody can be reached there any more."""
        text = folded(text)
        if bare(text) in self._whole:
            return True
        found = list(self._unwilling.finditer(text)) if self._unwilling else []
        ends = [*(each.start() for each in found[1:]), len(text)][: len(found)]
        return any(not self._undone(text, each, end) for each, end in zip(found, ends, strict=True))

    def inquires(self, text: str) -> bool:
        """Whether it says that the customer turned to the shop."""
        return _in(self._inquiries, text)

    def understood(self, text: str) -> bool:
        """Whether anything of it is known, willing or not."""
        ways = (self._unwilling, self._inquiries, self._contacts)
        return bare(folded(text)) in self._whole or any(_in(way, text) for way in ways)

    def refusals(self, texts: Iterable[str]) -> set[str]:
        """Those of some texts that refuse."""
        return {text for text in set(texts) if text and self.refuses(text)}

    def _undone(self, text: str, word: re.Match, end: int) -> bool:
        after = text[word.end() : end]
        if self._lifted and self._lifted.match(after) or re.search(NEGATIVE, text[: word.start()]):
            return True
        complaint = self._complaints and self._complaints.search(word.group())
        return bool(complaint and self._settled and self._settled.search(after))

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(bare(folded(word)) for word in self.whole)

    @cached_property
    def _unwilling(self) -> re.Pattern | None:
        return _any_of(self.unwilling)

    @cached_property
    def _complaints(self) -> re.Pattern | None:
        return _any_of(self.complaints)

    @cached_property
    def _settled(self) -> re.Pattern | None:
        return _any_of(self.settled, *NOT_YET)

    @cached_property
    def _lifted(self) -> re.Pattern | None:
        return _any_of(self.lifted, BETWEEN)

    @cached_property
    def _inquiries(self) -> re.Pattern | None:
        return _any_of(self.inquiries)

    @cached_property
    def _contacts(self) -> re.Pattern | None:
        return _any_of(self.contacts)


def folded(text: str) -> str:
    """A text without width, case and apostrophes, what parts its words (also OptOut) a blank."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text).casefold()
    return re.sub(r"[\s_\-‐-―]+", " ", re.sub(r"['’`]", "", text)).strip()


def bare(text: str) -> str:
    """Its letters and numbers alone."""
    return re.sub(r"\W", "", text)


def spelled(words: Sequence) -> tuple[str, ...]:
    """Words as a file has them: each one a text, or a pair of lists, for any of the first followed
    by any of the second, with particles between (a|b*c|d)."""
    return tuple(
        ANY.join(OR.join(part) for part in word) if isinstance(word, list | tuple) else word
        for word in words
    )


def said_of(settings: Settings) -> Said:
    """The words in force: the project's own, in their place those that the client's
    `calendar_file` has. A file or an entry that cannot be used has none; what is wrong with it is
    told where its rules are read (`action.rules_of`)."""
    words = said_in(resources.folder("templates") / FILE)
    if settings.calendar_file:
        words |= said_in(Path(settings.calendar_file))
    return Said(**words)


def said_in(path: Path) -> dict[str, tuple[str, ...]]:
    """The words of a file by their kind; none of what it lacks or has otherwise."""
    try:
        given = tomllib.loads(text_of(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    found = {}
    for name in (each.name for each in fields(Said) if each.name in given):
        try:
            found[name] = spelled(given[name])
        except TypeError:
            continue
        if not all(isinstance(word, str) and word for word in found[name]):
            del found[name]
    return found


def _any_of(words: Sequence[str], before: str = "", after: str = "") -> re.Pattern | None:
    """Any of these words, the longest first; None without any."""
    spelt = [way for word in sorted(words, key=len, reverse=True) if (way := _way(word))]
    return re.compile(f"{before}(?:{'|'.join(spelt)}){after}") if spelt else None


def _way(word: str) -> str:
    """A word with blanks or none between its letters; one in Latin letters begins a word."""
    ways = []
    for part in word.split(ANY):
        letters = [folded(each).replace(" ", "") for each in part.split(OR)]
        each = [" ?".join(map(re.escape, one)) for one in letters if one]
        begin = "" if ways else "(?<![a-z])"
        each = [begin + way if re.match("[a-z]", way) else way for way in each]
        ways += [f"(?:{'|'.join(each)})"] if each else []
    return PARTICLES.join(ways)


def _in(pattern: re.Pattern | None, text: str) -> bool:
    return bool(pattern and pattern.search(folded(text)))
