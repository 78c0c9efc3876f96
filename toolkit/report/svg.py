"""A matplotlib figure as SVG inside the page: small, described, and the same bytes every time."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from toolkit.report import paths
from toolkit.report.marks import simplify
from toolkit.report.markup import Html, element
from toolkit.report.style import drawing

_UNUSED = ("metadata", "style", "title", "desc")
_DECIMAL = re.compile(r"-?\d*\.\d+(?:e-?\d+)?|-?\d+e-?\d+")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"font: (?:(italic|oblique) )?(?:(\d{3}|bold) )?(?:\S+ )?([\d.]+)px [^;]*")
_LEVEL = re.compile(r"\brotate\(-?0( [^)]*)?\)")
# What says nothing in a style: the font is the page's, the others are what SVG begins with.
_NEEDLESS = re.compile(
    r"font-family:[^;]*;?|;stroke-linejoin:miter|;stroke-linecap:butt|;stroke-dashoffset:0(?=;|$)"
)
_SHORT_HEX = re.compile(r"#(\w)\1(\w)\2(\w)\3\b")
_COORDINATES = frozenset(("transform", "width", "height", "x", "y"))


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
    _shorten(root)
    simplify(root)
    _rename_ids(root, name)
    width, height = (float(size) for size in root.get("viewBox").split()[2:])
    inner = "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        Html(inner),
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        viewBox=f"0 0 {_round(width)} {_round(height)}",
        style=f"max-width:{width * 1.5:.0f}px;background:#fff",
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


def _shorten(root: ElementTree.Element) -> None:
    """Coordinates to a tenth of a point, of letters to a point, styles without the needless."""
    for node in root.iter():
        coordinate = _whole if node.tag == "text" else _tenth
        node.text = (node.text or "").strip() if node.tag != "text" else node.text
        node.tail = ""
        for key, value in node.attrib.items():
            if key in _COORDINATES:
                value = _DECIMAL.sub(coordinate, value)
                value = _LEVEL.sub("", re.sub(r"\s+", " ", value)).strip()
            elif key == "style":
                value = _FONT.sub(_font, value).replace(": ", ":").replace("; ", ";")
                value = _SHORT_HEX.sub(r"#\1\2\3", _NEEDLESS.sub("", value))
            node.set(key, value)
        if node.get("transform") == "":
            del node.attrib["transform"]


def _rename_ids(root: ElementTree.Element, name: str) -> None:
    """Keep only ids that something points at, numbered by appearance behind the figure's name."""
    wanted: dict[str, str] = {}
    for node in root.iter():
        for value in node.attrib.values():
            for old in _REFERENCE.findall(value):
                wanted.setdefault(old, f"{name}-{len(wanted) + 1}")
    for node in root.iter():
        old = node.attrib.pop("id", None)
        if old in wanted:
            node.set("id", wanted[old])
        for key, value in node.attrib.items():
            node.set(key, _REFERENCE.sub(lambda m: f"url(#{wanted[m[1]]})", value))


def _font(match: re.Match[str]) -> str:
    slant, weight, size = match.groups()
    parts = [f"font-size:{_round(float(size))}px"]
    parts += [f"font-weight:{weight}"] if weight else []
    parts += [f"font-style:{slant}"] if slant else []
    return ";".join(parts)


def _tenth(match: re.Match[str]) -> str:
    return _round(float(match[0]))


def _whole(match: re.Match[str]) -> str:
    return f"{float(match[0]):.0f}"


def _round(value: float) -> str:
    return paths.number(paths.tenths(value))
