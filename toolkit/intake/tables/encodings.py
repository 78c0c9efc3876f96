"""Which encoding a text file is written in: decoded in each, the one that reads most like text."""

from __future__ import annotations

import codecs
import functools
import re
from collections.abc import Iterator
from typing import BinaryIO

from toolkit.intake.tables.archives import Stored
from toolkit.problems import InputProblem

# By the name people know, what decodes it: Python's own euc_jp lacks ① and ㈱.
CODECS = {
    "utf-8": "utf-8",
    "cp932": "cp932",
    "euc_jp": "euc_jis_2004",
    "cp1252": "cp1252",
    "mac_roman": "mac_roman",
}
LONGEST_LINE = 1 << 22  # bytes; what has no line end for so long is no table
PIECE = 1 << 20
_SAMPLE = 1 << 15  # bytes of lines that are not all ASCII
_PLAUSIBLE = 0.2  # what half-width kana alone reach
_PLAIN = 0.8  # of the characters of a heading that is plain Japanese
_HEADING = 3  # characters of which there are as many in it
_WELL = 0.5  # what a letter at its place in a Latin word reaches
_NO_LETTERS = {b"@", b"[", b"\\", b"^", b"`", b"{", b"~"}  # no Latin word has them within
_FEW = 20  # characters for which one damaged one is forgiven
CONTROL = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1a\x1b"))
_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# What Python's cp932 makes of bytes that are no character: U+0080, U+00A0, U+F8F0 to U+F8F3
UNASSIGNED = re.compile("[\x80\xa0\uf8f0-\uf8f3]")


def find_encoding(stored: Stored) -> str:
    """The encoding of a text file: a key of `CODECS`, `utf-16-le` or `utf-16-be` (InputProblem).

    Looks at the file from its beginning until it has seen enough that is not ASCII; whether the
    rest keeps to it is for whoever reads the rest.
    """
    with stored.unpacked() as stream:
        head = stream.read(1 << 16)
        if not head:
            raise InputProblem("empty_file", file=stored.name)
        if wide := _wide(head):
            return wide
        control = len(head) - len(head.translate(None, CONTROL))
        if b"\0" in head or control * 100 > len(head):
            raise InputProblem("not_text", file=stored.name)
        stream.seek(0)
        sample = _sample(stream)
    found = best_encoding(sample)
    if found is None:
        raise InputProblem("not_text", file=stored.name)
    return found


def whole_lines(stream: BinaryIO, size: int = PIECE) -> Iterator[bytes]:
    """A stream in pieces of about this size (else a MiB) that end where a line ends.

    A piece longer than `LONGEST_LINE` has no line end; reading stops there.
    """
    rest = b""
    while chunk := stream.read(size):
        if end := max(chunk.rfind(b"\n"), chunk.rfind(b"\r", 0, -1)) + 1:
            yield b"".join((rest, memoryview(chunk)[:end]))  # copied once
            rest = chunk[end:]
            continue
        rest += chunk
        end = max(rest.rfind(b"\n"), rest.rfind(b"\r", 0, -1)) + 1  # a last \r may be half of \r\n
        if end:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > LONGEST_LINE:
            break
    if rest:
        yield rest


def _wide(head: bytes) -> str | None:
    """UTF-16, by its mark, else by the zeros on one side of its ASCII characters."""
    if head[:2] in _BOMS:
        return _BOMS[head[:2]]
    halves = {"utf-16-be": head[::2].count(0), "utf-16-le": head[1::2].count(0)}
    (_, fewer), (encoding, more) = sorted(halves.items(), key=lambda half: half[1])
    if more < 2 or more * 20 < len(head) or fewer * 10 > more:
        return None
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return encoding if re.search(r"[\r\n,\t;|]", text) and "\0" not in text else None


def _sample(stream: BinaryIO) -> list[bytes]:
    """The first lines that are not ASCII."""
    lines, size = [], 0
    for piece in whole_lines(stream, 2 * _SAMPLE):
        if piece.isascii():
            continue
        for line in piece.splitlines(keepends=True):
            if not line.isascii():
                lines.append(line[:_SAMPLE])
                size += len(lines[-1])
                if size > _SAMPLE:
                    return lines
    return lines


def best_encoding(sample: list[bytes]) -> str | None:
    """The encoding in which lines read most like text; None when in none.

    Where lines of UTF-8 and of something else are mixed, that of the first: the others are for
    whoever reads on.
    """
    if not sample or _is_utf8(sample):
        return "utf-8"
    sample = _of_one_kind(sample, "cp932")
    for lines in (sample, _of_one_kind(sample, "cp1252")):
        if _is_utf8(lines):
            return "utf-8"
        if by_heading := _of_heading(lines[0]):
            return by_heading
        scores = {name: _score(b"".join(lines), name) for name in CODECS if name != "utf-8"}
        best = max(scores, key=scores.__getitem__)  # of equals the first
        if scores[best] >= _PLAUSIBLE:
            return best
    return None


def _of_one_kind(sample: list[bytes], encoding: str) -> list[bytes]:
    """The first lines as long as all or none of them are UTF-8 amid this encoding."""
    wide = [reads_as_utf8(line, encoding) for line in sample]
    return sample[: wide.index(not wide[0])] if len(set(wide)) > 1 else sample


def _is_utf8(lines: list[bytes]) -> bool:
    """Whether nearly all is UTF-8: its sequences, those of three bytes above all, are no chance."""
    text = _decoded(b"".join(lines), "utf-8")
    damaged = text.count("\ufffd")
    foreign = [c for c in text if not c.isascii() and c != "\ufffd"]
    return damaged * _FEW <= len(foreign) or damaged * 4 <= sum(c > "\u07ff" for c in foreign)


def reads_as_utf8(line: bytes, encoding: str) -> bool:
    """Whether a line of a file in another encoding is in UTF-8, by more than chance."""
    try:
        foreign = [c for c in line.decode("utf-8") if not c.isascii()]
    except UnicodeDecodeError:
        return False
    japanese = encoding in ("cp932", "euc_jp")  # whose kana and odd kanji can look like UTF-8
    usual = (c > "\u07ff" and c in _everyday() for c in foreign)
    return bool(foreign) and (not japanese or all(usual))


def _of_heading(line: bytes) -> str | None:
    """The encoding in which the first line, most often the heading, is plain Japanese."""
    for encoding in ("cp932", "euc_jp"):
        text = _decoded(line, encoding)
        plain = 0
        for run in re.finditer(r"[^\0-\x7f]+", text):
            beside = text[max(run.start() - 1, 0) : run.start()] + text[run.end() : run.end() + 1]
            if not any(map(_is_small, beside)):  # é and a letter, twice, look like two kanji
                plain += sum(c in _everyday() for c in run[0])
        if "\ufffd" not in text and plain > _PLAIN * sum(not c.isascii() for c in text):
            return encoding if plain >= _HEADING else None
    return None


def _decoded(sample: bytes, encoding: str) -> str:
    """Bytes that are no character as U+FFFD, without a character torn at the end."""
    text = codecs.getincrementaldecoder(CODECS[encoding])("replace").decode(sample)
    return UNASSIGNED.sub("\ufffd", text) if encoding == "cp932" else text


def _score(sample: bytes, encoding: str) -> float:
    """How much like text the characters beyond ASCII read, from below 0 to 1."""
    text = _decoded(sample, encoding)
    euc = functools.partial(_japanese, euc=True)
    weigh = {"cp932": _japanese, "euc_jp": euc}.get(encoding, _latin)
    text = f"\n{text}\n"
    weights = [
        -2.0 if c == "\ufffd" else weigh(c, text[i - 1], text[i + 1])
        for i, c in enumerate(text)
        if not c.isascii()
    ]
    return sum(weights) / len(weights) if weights else 0.0


@functools.cache
def _everyday() -> frozenset[str]:
    """Kana, signs, full-width letters and the 2,965 kanji of the first level of JIS X 0208."""
    rows = [*range(0xA1, 0xA9), *range(0xB0, 0xD0)]
    pairs = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF))
    return frozenset("".join(pair.decode("euc_jp", "ignore") for pair in pairs) + "～－∥￠￡￢")


def _japanese(c: str, before: str, after: str, euc: bool = False) -> float:
    """Kana and everyday kanji, side by side; one alone in a Latin word may be a mistaken letter."""
    alone = before.isascii() and after.isascii()
    in_word = alone and (_is_small(before) or _is_small(after))
    if in_word and (c not in _everyday() or _may_be_latin(c, before, after, euc)):
        return -0.5
    if c in _everyday():
        return 1.0
    if "｡" <= c <= "ﾟ":  # EUC-JP writes them in two bytes, which does not come by chance
        return 1.0 if euc else 0.1 if alone or c <= "･" else 0.4
    return -1.0 if "\ue000" <= c <= "\uf8ff" else 0.3


@functools.lru_cache(4096)
def _may_be_latin(c: str, before: str, after: str, euc: bool) -> bool:
    """Whether the bytes of a Japanese character read well between these in a Latin encoding."""
    written = c.encode(CODECS["euc_jp" if euc else "cp932"], "ignore")
    if written[-1:] in _NO_LETTERS and _is_small(after):
        return False
    for encoding in ("cp1252", "mac_roman"):
        text = before + written.decode(encoding, "replace") + after
        inner = range(1, len(text) - 1)
        letters = [_latin(text[i], text[i - 1], text[i + 1]) for i in inner if text[i] > "\x7f"]
        if letters and min(letters) >= _WELL:
            return True
    return False


def _is_small(c: str) -> bool:
    return c.isascii() and c.islower()


_SMALL = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüœšžßýðþ")
_SIGNS = frozenset("«»‹›–—…•€™®©°£§½¼¾²³¿¡ªº\xa0·×´")


def _latin(c: str, before: str, after: str) -> float:
    """Letters stand in words, capitals at their beginning; signs stand between words."""
    inside = before.isalpha() and after.isalpha()
    if c == "’":
        return 1.0 if after in "stdmlrv\n " or before in "dlDLsSnNqQcCjJmMO" else 0.3
    if c in "“”":
        return 1.0 if (after if c == "“" else before).isalnum() and not inside else 0.3
    if c in "€£" and (before.isdigit() or after.isdigit()):
        return 1.0
    if c in _SIGNS:
        return -0.5 if inside else 0.6 if before.isascii() and after.isascii() else 0.2
    if c.lower() not in _SMALL or not (before.isascii() or after.isascii()):
        return -0.5
    if not (before.isascii() and after.isascii()):
        return 0.3
    if c in _SMALL:
        return -0.5 if after.isupper() else 1.0 if before.isalpha() or after.isalpha() else 0.6
    if before.islower() or after.isdigit():
        return -1.0
    if not before.isalpha() and not after.isalpha():  # Ä alone is rather the sign of the euro
        return 0.5
    return 1.0 if after.isalpha() else 0.7
