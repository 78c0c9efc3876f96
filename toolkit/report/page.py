"""An executed notebook as one HTML page, through the nbconvert template `templates/report`.

The template's configuration names `Binder`, so that `jupyter nbconvert --template report` gives
the same page as `render_page`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_output

from toolkit import resources
from toolkit.report.guest import Guests, markdown
from toolkit.report.looks import share_looks
from toolkit.report.markup import Html, element, esc
from toolkit.report.media import KEY, mime
from toolkit.report.regions import name_regions
from toolkit.words import LANGUAGES, Words

_SHOWING = ("display_data", "execute_result")


def render_page(executed: NotebookNode | Path, language: str) -> str:
    """The page of an executed notebook, in `language` if the notebook holds it, else in its own.

    Shown are the sections, then HTML and Markdown of an analyst's own cells, in the notebook's
    order; never code, printed text, warnings or errors. Same notebook, same page.
    """
    if not isinstance(executed, NotebookNode):
        executed = nbformat.read(executed, as_version=4)
    exporter = HTMLExporter(
        template_name="report",
        extra_template_basedirs=[str(resources.folder("templates"))],
        language_code=language,
    )
    return exporter.from_notebook_node(executed)[0]


class Binder(Preprocessor):
    """Leaves in each cell only HTML of the page's language; puts what frames it in resources.

    `resources["report"]` holds HTML, already escaped: `language`, `title`, `client`, `closing`,
    `contents` [(id, title)], `looks` (CSS), `footer` [line], `generated`, `alone`, and the words
    `labels`.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """The notebook with its cells bound, and the resources with `report`."""
        if any(out.output_type == "error" for cell in nb.cells for out in cell.get("outputs", [])):
            raise ValueError("the notebook stopped with an error: a failed run has no report")
        language = _language(nb, resources.get("language_code", LANGUAGES[0]))
        words = Words(language)
        frame = _frame(nb, words)
        guests, contents = Guests(words), []
        for cell in nb.cells:
            contents += _bind(cell, language, guests)
        looks = share_looks(nb)
        name_regions(nb)
        resources["language_code"] = language
        resources["report"] = frame | {
            "language": language,
            "contents": contents,
            "looks": Html(looks),
        }
        return nb, resources


def _language(nb: NotebookNode, asked: str) -> str:
    """The language asked for, if the sections have it; else theirs; `asked` without sections."""
    held = [lang for lang in LANGUAGES if any(mime(lang) in out.data for out in _outputs(nb))]
    if asked in held or (not held and asked in LANGUAGES):
        return asked
    return (held or LANGUAGES)[0]


def _outputs(nb: NotebookNode) -> list[NotebookNode]:
    cells = (cell for cell in nb.cells if cell.cell_type == "code")
    return [out for cell in cells for out in cell.outputs if out.output_type in _SHOWING]


def _bind(cell: NotebookNode, language: str, guests: Guests) -> list[tuple[Html, Html]]:
    """Replace what the cell holds by its HTML; give its entries for the table of contents."""
    if cell.cell_type == "markdown":
        source = markdown(cell.source, cell.get("attachments"))
        cell.source, contents = guests.tidy(source)
        return contents
    parts, contents = [], []
    for out in cell.get("outputs", []):
        if out.output_type not in _SHOWING:
            continue
        own = out.metadata.get(KEY)
        if own and mime(language) in out.data:
            html, entries = out.data[mime(language)], [(esc(own.id), esc(own.titles[language]))]
            guests.level = own.level
        elif not own and "text/html" in out.data:
            html, entries = guests.tidy(out.data["text/html"])
        else:
            continue
        parts.append(new_output("display_data", {"text/html": str(html)}))
        contents += entries
    cell.outputs = parts
    return contents


def _frame(nb: NotebookNode, words: Words) -> dict[str, Any]:
    """Top and foot of the page, from the first section that says what they are."""
    pages = [out.metadata[KEY].get("page") for out in _outputs(nb) if KEY in out.metadata]
    page = next((page for page in pages if page), {})
    title = page.get("titles", {}).get(words.language) or nb.metadata.get("title")
    client, closing = page.get("client"), page.get("closing_date")
    said = words.say("page.closing_date", date=closing) if closing else None
    return {
        "title": esc(title or words["page.title"]),
        "client": esc(client) if client else None,
        "closing": esc(said) if said else None,
        "footer": [esc(line) for line in page.get("footer", {}).get(words.language, [])],
        "generated": _generated(nb, words),
        "alone": esc(words["page.alone"]),
        "labels": {key: esc(words[f"page.{key}"]) for key in ("skip", "contents")},
    }


def _generated(nb: NotebookNode, words: Words) -> Html | None:
    """When the notebook was run, with the zone: the one field two equal runs differ in."""
    started = nb.metadata.get("papermill", {}).get("start_time")
    if not started:
        return None
    moment = dt.datetime.fromisoformat(started)
    zone = "" if moment.tzinfo is None else f" {moment.tzname()}"
    text = words.say("page.generated", time=f"{moment:%Y-%m-%d %H:%M}{zone}")
    return element("time", text, datetime=started)
