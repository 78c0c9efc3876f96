"""What a report cell of the notebook shows: a section, in every language the report is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from toolkit.report.markup import Html, details, element, join
from toolkit.report.media import KEY, mime
from toolkit.report.svg import inline_svg
from toolkit.words import Words


class Shown:
    """One section in one or more languages, ready to be displayed by a notebook cell.

    The notebook displays the first language. All languages lie in the output side by side, each
    under its own media type, and the page takes the one it is written in. `page` says once per
    notebook what stands at the top and foot of the page: `client`, `closing_date` (text),
    `titles` {language: text} and `footer` {language: [lines]}, all optional.
    """

    def __init__(
        self,
        id: str,
        titles: Mapping[str, str],
        html: Mapping[str, str],
        *,
        level: int = 2,
        page: Mapping[str, Any] | None = None,
    ):
        if not html or set(titles) != set(html):
            raise ValueError("a section needs a title and HTML in the same languages")
        self.id, self.titles, self.html = id, dict(titles), dict(html)
        self.level, self.page = level, dict(page) if page else None

    @classmethod
    def written(
        cls,
        id: str,
        languages: Sequence[str],
        write: Callable[[Words], tuple[str, Iterable[Any]]],
        *,
        front: bool = False,
        brief: bool = False,
        page: Mapping[str, Any] | None = None,
    ) -> Shown:
        """A section from a function that gives title and blocks in the language of its words.

        `front` is the first page, printed on its own; `brief` one of which paper has the leading
        sentences only.
        """
        titles, html = {}, {}
        for language in languages:
            words = Words(language)
            titles[language], blocks = write(words)
            kind = "front" if front else "brief" if brief else None
            html[language] = section(words, id, titles[language], blocks, kind=kind)
        return cls(id, titles, html, page=page)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        data = {"text/html": str(next(iter(self.html.values())))}
        data |= {mime(language): str(html) for language, html in self.html.items()}
        about = {"id": self.id, "level": self.level, "titles": self.titles}
        return data, {KEY: about | ({"page": self.page} if self.page else {})}

    def __repr__(self) -> str:
        return f"<Shown {self.id}: {', '.join(self.html)}>"


def section(
    words: Words, id: str, title: str, blocks: Iterable[Any], *, kind: str | None = None
) -> Html:
    """A section of the page under its heading; kinds as in `Shown.written`: `front`, `brief`."""
    heading = element("h2", title, id=f"{id}-heading")
    inner = join(blocks, "\n")
    left_out = kind == "brief" and ("<figure" in inner or "<table" in inner)
    return element(
        "section",
        heading,
        inner,
        paragraph(words["page.on_screen"], "on-paper") if left_out else None,
        id=id,
        class_=kind,
        aria_labelledby=f"{id}-heading",
    )


def figure_block(
    words: Words,
    *,
    name: str,
    figure: Figure,
    finding: str,
    description: str,
    table_html: Html,
    note: str | None = None,
) -> Html:
    """A chart under the sentence it proves, with its data table to unfold.

    `finding` is the heading and the chart's name, `description` (a sentence or more, with a
    number) is read by everyone; `note` stands below in small type. `name` is unique on the page.
    """
    caption = element("figcaption", element("h3", finding), element("p", description))
    drawing = inline_svg(figure, name=name, title=finding, description=description)
    below = paragraph(note, "note") if note else None
    unfold = details(words["page.data_table"], table_html)
    return element("figure", caption, drawing, below, unfold, id=name)


def more(words: Words, *blocks: Any) -> Html:
    """Figures and tables of second rank under one heading that opens on demand, not in print."""
    return details(words["page.more"], join(blocks, "\n"), kind="more")


def heading(text: str) -> Html:
    """A heading inside a section, for what is not a figure."""
    return element("h3", text)


def paragraph(text: str, kind: str | None = None) -> Html:
    """A paragraph; kinds: `verdict` (the one sentence of page one), `lead`, `note`."""
    return element("p", text, class_=kind)


def callout(title: str, *blocks: Any, kind: str = "note") -> Html:
    """A passage set apart: `note`, `caution` (read before using the number), `assumed`."""
    inner = [b if isinstance(b, Html) else paragraph(b) for b in blocks]
    return element(
        "div", element("p", title, class_="callout-title"), *inner, class_=f"callout {kind}"
    )


def mark(text: str) -> Html:
    """A small label beside a number, such as "assumed"."""
    return element("span", text, class_="mark")


def bullets(lines: Iterable[Any]) -> Html:
    """A list of short lines."""
    return element("ul", *(element("li", line) for line in lines))


def definitions(pairs: Iterable[tuple[Any, Any]]) -> Html:
    """Terms and what they mean, or names and values, one pair under the other."""
    return element(
        "dl",
        *(element("div", element("dt", term), element("dd", text)) for term, text in pairs),
        class_="definitions",
    )


@dataclass(frozen=True)
class Tile:
    """One number of page one: value and last year's value as written text."""

    label: str
    value: str
    before: str | None = None
    note: str | None = None
    marked: str | None = None


def tiles(words: Words, numbers: Iterable[Tile]) -> Html:
    """Numbers side by side, each with last year's value below it."""
    return element("dl", *(_tile(words, tile) for tile in numbers), class_="tiles")


def _tile(words: Words, tile: Tile) -> Html:
    before = words.say("page.before", value=tile.before) if tile.before else None
    value = [tile.value, mark(tile.marked) if tile.marked else None]
    return element(
        "div",
        element("dt", tile.label),
        element("dd", *value, class_="value long" if len(tile.value) > 8 else "value"),
        element("dd", before, class_="before") if before else None,
        element("dd", tile.note, class_="note") if tile.note else None,
    )


@dataclass(frozen=True)
class Finding:
    """One finding of page one, all written text; `assumed` marks the money as resting on one."""

    title: str
    text: str
    money: str
    confidence: str
    next_step: str
    assumed: str | None = None


def finding_cards(words: Words, findings: Iterable[Finding]) -> Html:
    """The findings, numbered, each with its money, how sure we are and what to do next."""
    return element("ol", *(_card(words, finding) for finding in findings), class_="findings")


def _card(words: Words, finding: Finding) -> Html:
    money = [finding.money, mark(finding.assumed) if finding.assumed else None]
    rows = [
        (words["page.at_stake"], join(money, " ")),
        (words["page.confidence"], finding.confidence),
        (words["page.next_step"], finding.next_step),
    ]
    return element(
        "li", element("h3", finding.title), element("p", finding.text), definitions(rows)
    )


@dataclass(frozen=True)
class Action:
    """One thing to do: what, and the line below it (who, by when, how many, what it costs)."""

    what: str
    how: str


def action_list(actions: Iterable[Action]) -> Html:
    """What to do, in order."""
    lines = (element("li", element("strong", a.what), element("p", a.how)) for a in actions)
    return element("ol", *lines, class_="actions")
