"""A matplotlib figure as SVG inside the page: small, described, and the same bytes every time."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from toolkit.report.markup import Html, element
from toolkit.report.style import drawing

_UNUSED = ("metadata", "style", "title", "desc")
_DECIMAL = re.compile(r"-?\d*\.\d+(?:e-?\d+)?|-?\d+e-?\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"font: (?:(italic|oblique) )?(?:(\d{3}|bold) )?(?:\S+ )?([\d.]+)px [^;]*")
_AROUND_LETTERS = re.compile(r" ?([A-Za-z]) ?")
_FAMILY = re.compile(r"font-family: [^;]*;? ?")
_COORDINATES = frozenset(
    (
        "d",
        "points",
        "transform",
        "width",
        "height",
        "r",
        "x",
        "y",
        "cx",
        "cy",
        "x1",
        "x2",
        "y1",
        "y2",
    )
)


def inline_svg(figure: Figure, *, name: str, title: str, description: str) -> Html:
    """The figure as an `<svg role="img">` named by its title and description; closes the figure.

    `name` is the prefix of every id in it and has to be unique on the page. Text stays text, in
    the font of the page; the drawing is as wide as its place, at most 1.5 times its own size.
    """
    root = ElementTree.fromstring(_drawn(figure))
    for node in root.iter():
        node.tag = node.tag.split("}")[-1]
        node.attrib = {key.split("}")[-1]: value for key, value in node.attrib.items()}
    _drop(root)
    _rename_ids(root, name)
    _shorten(root)
    _unwrap(root)
    _join(root)
    width, height = (float(size) for size in root.get("viewBox").split()[2:])
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        Html(inner),
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        viewBox=f"0 0 {_round(width, 1)} {_round(height, 1)}",
        width="100%",
        style=f"max-width:{width * 1.5:.0f}px;height:auto;overflow:visible",
    )


def _drawn(figure: Figure) -> bytes:
    """The SVG as matplotlib writes it, without the day it was drawn."""
    out = io.BytesIO()
    with drawing():
        figure.savefig(
            out, format="svg", bbox_inches="tight", pad_inches=0.08, metadata={"Date": None}
        )
    plt.close(figure)
    return out.getvalue()


def _drop(node: ElementTree.Element) -> None:
    """Leave out metadata, titles of tools, and the style sheet that would restyle the page."""
    for child in list(node):
        if child.tag in _UNUSED:
            node.remove(child)
        else:
            _drop(child)


def _rename_ids(root: ElementTree.Element, name: str) -> None:
    """Keep only ids that something points at, numbered by appearance behind the figure's name."""
    wanted = {}
    for node in root.iter():
        for value in node.attrib.values():
            for old in _REFERENCE.findall(value):
                wanted[old] = ""
        if node.get("href", "").startswith("#"):
            wanted[node.get("href")[1:]] = ""
    for node in root.iter():
        old = node.attrib.pop("id", None)
        if old in wanted:
            wanted[old] = f"{name}-{len([v for v in wanted.values() if v]) + 1}"
            node.set("id", wanted[old])
    for node in root.iter():
        if node.get("href", "").startswith("#"):
            node.set("href", f"#{wanted[node.get('href')[1:]]}")
        for key, value in node.attrib.items():
            node.set(key, _REFERENCE.sub(lambda m: f"url(#{wanted[m[1]]})", value))


def _shorten(root: ElementTree.Element) -> None:
    """Coordinates to a tenth or hundredth of a point, font sizes without the font's name."""
    for node in root.iter():
        node.text = (node.text or "").strip() if node.tag != "text" else node.text
        node.tail = ""
        for key, value in node.attrib.items():
            if key in _COORDINATES:
                digits = 2 if key in ("width", "height", "r") else 1
                value = _DECIMAL.sub(lambda m, n=digits: _round(float(m[0]), n), value)
                value = re.sub(r"\s+", " ", value).strip()
                value = _short_lines(_AROUND_LETTERS.sub(r"\1", value)) if key == "d" else value
                value = re.sub(r"\brotate\(-?0( [^)]*)?\)", "", value)
            elif key == "style":
                value = (
                    _FAMILY.sub("", _FONT.sub(_font, value))
                    .replace(": ", ":")
                    .replace("; ", ";")
                    .replace(";stroke-linejoin:miter", "")
                )
            node.set(key, value)
        if node.get("transform") == "":
            del node.attrib["transform"]


def _short_lines(path: str) -> str:
    """A path with its level and upright lines as such: `M1 2L3 2L3 5` is `M1 2H3V5`.

    Only paths of plain moves and lines; others are left as they are.
    """
    steps = re.findall(r"([A-Za-z])([^A-Za-z]*)", path)
    if any(letter not in "MLz" or len(at.split()) not in (0, 2) for letter, at in steps):
        return path
    written, last = [], ["", ""]
    for letter, at in steps:
        here = at.split()
        if letter == "L" and here[1] == last[1]:
            written.append(f"H{here[0]}")
        elif letter == "L" and here[0] == last[0]:
            written.append(f"V{here[1]}")
        else:
            written.append(f"{letter}{at}")
        last = here or ["", ""]  # after z a line begins where the path did, which is not kept
    return "".join(written)


def _unwrap(node: ElementTree.Element) -> None:
    """Groups that say nothing give way to what they hold; definitions of nothing go."""
    kept: list[ElementTree.Element] = []
    for child in node:
        _unwrap(child)
        if child.tag == "g" and not child.attrib:
            kept.extend(child)
        elif not (child.tag == "defs" and not len(child)):
            kept.append(child)
    node[:] = kept


def _join(node: ElementTree.Element) -> None:
    """Neighbouring paths that look alike become one: a row of bars says its colour once."""
    kept: list[ElementTree.Element] = []
    for child in node:
        _join(child)
        last = kept[-1] if kept else None
        if last is not None and _alike(last, child):
            last.set("d", last.get("d", "") + child.get("d", ""))
        else:
            kept.append(child)
    node[:] = kept


def _alike(one: ElementTree.Element, other: ElementTree.Element) -> bool:
    """Whether drawing both at once looks the same: opaque paths that differ in their lines only.

    Dashes begin anew with every part, and a filled line would fill across: both hold for parts
    of one path as for two.
    """
    if not one.tag == other.tag == "path" or "opacity" in one.get("style", ""):
        return False
    looks = ({k: v for k, v in path.attrib.items() if k != "d"} for path in (one, other))
    return next(looks) == next(looks) and "id" not in one.attrib


def _font(match: re.Match[str]) -> str:
    slant, weight, size = match.groups()
    parts = [f"font-size:{_round(float(size), 2)}px"]
    parts += [f"font-weight:{weight}"] if weight else []
    parts += [f"font-style:{slant}"] if slant else []
    return ";".join(parts)


def _round(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
