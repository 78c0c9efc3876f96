"""The marks of a drawing, each said once and where it stands, without what does not show.

matplotlib puts a group around every mark, writes markers as copies of one definition, clips all
that lies in the axes, and says the style at every path and letter. Here the drawing becomes a
flat list of marks, which is put together again in few elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from toolkit.report import paths
from toolkit.report.hatch import shorten
from toolkit.report.paths import Box, Step

_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_PLAIN = {"id", "clip-path"}  # attributes of a group that says nothing but these


@dataclass
class Mark:
    """A path, a text, or (without steps) an element kept as it is."""

    node: Element
    clip: str | None = None
    steps: list[Step] = field(default_factory=list)

    @property
    def look(self) -> tuple:
        """What two paths drawn as one have to share."""
        said = {k: v for k, v in self.node.attrib.items() if k not in ("d", "clip-path")}
        return tuple(sorted(said.items())), self.clip

    @property
    def is_line(self) -> bool:
        """Whether it hides nothing but what its line runs over."""
        return bool(self.steps) and "fill:none" in self.node.get("style", "")


def simplify(root: Element) -> None:
    """The drawing in fewer and shorter elements that look the same."""
    shapes = {node.get("id"): node for node in root.iter("path") if node.get("id")}
    boxes = dict(_boxes(root))
    defined = [node for node in root.iter() if node.tag in ("clipPath", "pattern")]
    marks = [_unclipped(mark, boxes) for mark in _gather(root, shapes, None)]
    marks = _joined([m for m in marks if _seen(m)])
    used = {mark.clip for mark in marks}
    root[:] = _written(marks)
    kept = [node for node in defined if node.tag == "pattern" or node.get("id") in used]
    if kept:
        SubElement(root, "defs").extend(kept)
    for node in defined:
        shorten(node)


def _seen(mark: Mark) -> bool:
    return mark.node.tag != "path" or bool(mark.steps) and mark.node.get("style") != "fill:none"


def _boxes(root: Element) -> Iterator[tuple[str, Box]]:
    """The upright rectangles that clips are, by their ids."""
    for clip in root.iter("clipPath"):
        for rect in clip.iter("rect"):
            x, y, width, height = (
                paths.tenths(float(rect.get(k))) for k in ("x", "y", "width", "height")
            )
            yield clip.get("id"), (x, y, x + width, y + height)


def _gather(node: Element, shapes: dict[str, Element], clip: str | None) -> Iterator[Mark]:
    """Every mark in the order it is drawn, groups that only hold or clip left out."""
    for child in node:
        named = _REFERENCE.match(child.get("clip-path", ""))
        within = named[1] if named else clip
        if child.tag == "g" and set(child.attrib) <= _PLAIN:
            yield from _gather(child, shapes, within)
        elif child.tag == "path":
            steps = paths.drawn(paths.read(child.get("d", "")))
            yield Mark(child, within, steps)
        elif child.tag == "use" and (shape := shapes.get(child.get("href", "")[1:])) is not None:
            yield _copy(child, shape, within)
        elif child.tag != "defs":
            yield Mark(child, within)


def _copy(use: Element, shape: Element, clip: str | None) -> Mark:
    """A copy of a definition as a path of its own; where both say a style, the definition does."""
    styles = [part for node in (use, shape) for part in node.get("style", "").split(";") if part]
    style = dict(part.split(":", 1) for part in styles)
    node = Element("path", {"style": ";".join(f"{k}:{v}" for k, v in sorted(style.items()))})
    x, y = (paths.tenths(float(use.get(k, 0))) for k in ("x", "y"))
    steps = paths.as_circle(paths.read(shape.get("d", "")))
    return Mark(node, clip, paths.drawn(paths.moved(steps, x, y)))


def _unclipped(mark: Mark, boxes: dict[str, Box]) -> Mark:
    """The mark without a clip that cuts nothing off."""
    if mark.steps and mark.clip in boxes and paths.inside(mark.steps, boxes[mark.clip]):
        mark.clip = None
    return mark


def _joined(marks: list[Mark]) -> list[Mark]:
    """Paths that look alike as one, where neighbours; lines also across the labels between them.

    Opaque ones only. Dashes begin anew with every part, and a filled line would fill across: both
    hold for the parts of one path as for two.
    """
    kept: list[Mark] = []
    last: Mark | None = None
    for mark in marks:
        if last is not None and mark.steps and _alike(last, mark):
            last.steps = last.steps + mark.steps
            continue
        kept.append(mark)
        labels = mark.node.tag == "text" and last is not None and last.is_line
        last = last if labels else mark if mark.steps else None
    return kept


def _alike(one: Mark, other: Mark) -> bool:
    return one.look == other.look and "opacity" not in one.node.get("style", "")


def _written(marks: list[Mark]) -> list[Element]:
    """The marks as elements; letters and lines that share a style or a clip in one group."""
    written: list[Element] = []
    for mark in marks:
        node = mark.node
        if mark.steps:
            node.set("d", paths.write(mark.steps))
        group = _group(mark, node)
        if not group:
            written.append(node)
        elif written and written[-1].tag == "g" and written[-1].attrib == group:
            written[-1].append(node)
        else:
            written.append(Element("g", group))
            written[-1].append(node)
    return [_alone(node) for node in written]


def _group(mark: Mark, node: Element) -> dict[str, str]:
    """What a mark shares with its neighbours: its clip, or as a text its style."""
    node.attrib.pop("clip-path", None)
    if mark.clip:
        return {"clip-path": f"url(#{mark.clip})"}
    if node.tag == "text" and "style" in node.attrib:
        return {"style": node.attrib.pop("style")}
    return {}


def _alone(node: Element) -> Element:
    """A group of one gives way to what it holds, which takes what the group says."""
    if node.tag != "g" or len(node) != 1 or set(node.attrib) & set(node[0].attrib):
        return node
    node[0].attrib |= node.attrib
    return node[0]
