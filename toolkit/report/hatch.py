"""Hatches of a drawing: parallel slanting lines as a small tile instead of a large one."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from toolkit.report import paths
from toolkit.report.paths import Step

REPEATS = 2  # of the lines in a tile
OVER = 10  # tenths of a point that lines reach beyond it, so that none ends at its edge


def shorten(node: Element) -> None:
    """A pattern or clip with as little as it takes: short paths, a small tile, no zeros."""
    for part in node.iter():
        for key in ("x", "y"):
            if part.get(key) == "0":
                del part.attrib[key]
    for path in node.iter("path"):
        steps = paths.read(path.get("d", ""))
        tile = slanted(steps) if node.tag == "pattern" else None
        path.set("d", paths.write(tile[1] if tile else steps))
        if tile:
            size = paths.number(tile[0])
            node.attrib |= {"width": size, "height": size}


def slanted(steps: list[Step]) -> tuple[int, list[Step]] | None:
    """Size and lines of a square tile of parallel lines at 45 degrees; None for other paths.

    matplotlib draws the lines of a whole inch, though each square of two lines' distance is like
    the next.
    """
    lines = [(*a[1], *b[1]) for a, b in zip(steps[::2], steps[1::2], strict=False)]
    if [letter for letter, _ in steps] != ["M", "L"] * len(lines) or len(lines) < 2:
        return None
    (x, y, end_x, end_y), (next_x, next_y, *_) = lines[:2]
    if abs(end_x - x) != abs(end_y - y) or abs(next_x - x) != abs(next_y - y):
        return None
    gap = 2 * abs(next_x - x)
    size, rises = REPEATS * gap, (end_x - x) * (end_y - y) < 0
    tile: list[Step] = []
    for start in range(0, 2 * size + 1, gap):
        for letter, x in (("M", max(0, start - size) - OVER), ("L", min(start, size) + OVER)):
            tile.append((letter, [x, start - x if rises else size - start + x]))
    return size, tile
