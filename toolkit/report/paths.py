"""Path data of a drawing, written as briefly as it can be said: in tenths of a point, relative.

A path is a list of steps (letter, numbers) with the letters M, L, Q, C, Z of absolute coordinates,
which are all that matplotlib writes, and A for a circle. Numbers are whole tenths of a point, so
that what is written relative to the point before does not drift.
"""

from __future__ import annotations

import re

Step = tuple[str, list[int]]
Box = tuple[int, int, int, int]  # left, top, right, bottom
_STEP = re.compile(r"([MLQCz])([^MLQCz]*)")
_ROUND = 8  # curves of the circle that matplotlib draws as a marker


def read(text: str) -> list[Step]:
    """The steps of a path as matplotlib writes it, in tenths of a point."""
    return [
        (letter.upper(), [tenths(float(number)) for number in numbers.split()])
        for letter, numbers in _STEP.findall(text)
    ]


def tenths(value: float) -> int:
    """A number in whole tenths, halves away from zero."""
    return int(abs(value) * 10 + 0.5) * (1 if value >= 0 else -1)


def moved(steps: list[Step], x: int, y: int) -> list[Step]:
    """The path elsewhere. A circle keeps its radius, which stands before its end."""
    return [
        (letter, [n + (y if i % 2 else x) for i, n in enumerate(numbers)])
        if letter != "A"
        else (letter, [numbers[0], numbers[1] + x, numbers[2] + y])
        for letter, numbers in steps
    ]


def as_circle(steps: list[Step]) -> list[Step]:
    """A marker of eight curves around the origin as two half circles; other paths as they are."""
    if [letter for letter, _ in steps] != ["M", *"C" * _ROUND, "Z"] or steps[0][1][0]:
        return steps
    r = steps[0][1][1]
    return [("M", [0, r]), ("A", [abs(r), 0, -r]), ("A", [abs(r), 0, r]), ("Z", [])]


def inside(steps: list[Step], box: Box) -> bool:
    """Whether every point of a path lies in a box, a tenth allowed."""
    left, top, right, bottom = box
    return all(
        left - 1 <= x <= right + 1 and top - 1 <= y <= bottom + 1
        for letter, numbers in steps
        if letter != "A"  # half circles end at points of their path
        for x, y in zip(numbers[::2], numbers[1::2], strict=True)
    )


def drawn(steps: list[Step]) -> list[Step]:
    """The path without parts that have no extent, such as the bar of a count of zero."""
    parts: list[list[Step]] = []
    for step in steps:
        if step[0] == "M" or not parts:
            parts.append([])
        parts[-1].append(step)
    return [step for part in parts if not _flat(part) for step in part]


def _flat(part: list[Step]) -> bool:
    """A single point, or a closed outline all on one level or upright line; never a circle."""
    if any(letter == "A" for letter, _ in part):
        return False
    points = [tuple(numbers[-2:]) for _, numbers in part if numbers]
    if len(set(points)) < 2:
        return True
    closed = part[-1][0] == "Z"
    return closed and any(len({point[i] for point in points}) == 1 for i in (0, 1))


def write(steps: list[Step]) -> str:
    """The path as text: relative, level and upright lines as such, straight ones in one."""
    text, here, start = "", (0, 0), (0, 0)
    for letter, numbers in _straightened(steps):
        if letter == "Z":
            text, here = text + "z", start
            continue
        relative = _relative(letter, numbers, here)
        here = (numbers[-2], numbers[-1])
        if letter == "M":
            start = here
        text += relative if text else "M" + relative[1:]
    return text


def _relative(letter: str, numbers: list[int], here: tuple[int, int]) -> str:
    if letter == "A":
        radius = number(numbers[0])
        return f"a{radius} {radius} 0 1 1" + _after(_pair(numbers[1:], here))
    away = [n - here[i % 2] for i, n in enumerate(numbers)]
    if letter == "L" and away[1] == 0:
        return f"h{number(away[0])}"
    if letter == "L" and away[0] == 0:
        return f"v{number(away[1])}"
    return letter.lower() + _row(away)


def _pair(numbers: list[int], here: tuple[int, int]) -> str:
    return _row([n - here[i] for i, n in enumerate(numbers)])


def _after(text: str) -> str:
    return text if text.startswith("-") else f" {text}"


def _straightened(steps: list[Step]) -> list[Step]:
    """Lines on in the same level or upright direction as one; lines to nowhere left out."""
    kept: list[Step] = []
    for letter, numbers in steps:
        if letter == "L" and kept:
            if numbers == kept[-1][1][-2:]:
                continue
            before = kept[-2][1][-2:] if len(kept) > 1 and kept[-1][0] == "L" else None
            if before and _on(before, kept[-1][1], numbers):
                kept[-1] = (letter, numbers)
                continue
        kept.append((letter, numbers))
    return kept


def _on(a: list[int], b: list[int], c: list[int]) -> bool:
    """Whether a level or upright line from a to b goes on to c."""
    return any(
        a[i] == b[i] == c[i] and (b[j] - a[j]) * (c[j] - b[j]) > 0 for i, j in ((0, 1), (1, 0))
    )


def number(value: int) -> str:
    """Tenths as text: 5 is .5, -12 is -1.2, 30 is 3."""
    whole, rest = divmod(abs(value), 10)
    text = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{text}" if value < 0 else text


def _row(values: list[int]) -> str:
    """Numbers one after another, parted only where they would run into each other."""
    text, pointed = "", False
    for value in values:
        written = number(value)
        parted = written.startswith("-") or (written.startswith(".") and pointed)
        text += written if parted or not text else f" {written}"
        pointed = "." in written
    return text
