"""HTML that an analyst's own cells made: let into the report, tidied so that the page holds.

Whatever the page's own tests promise (nothing runs, nothing is loaded, ids are unique, headings
do not skip, tables scroll by themselves) is made true of these parts as well.
"""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from toolkit.report.markup import Html, esc
from toolkit.words import Words

# Elements that run, load, restyle or ask something; an own chart goes through `figure_block`.
_FORBIDDEN = (
    *("script", "style", "link", "meta", "base", "title", "template", "noscript", "svg", "math"),
    *("iframe", "frame", "object", "embed", "applet", "audio", "video", "source"),
    *("form", "input", "button", "select", "textarea"),
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_KEPT = frozenset(("alt", "colspan", "rowspan", "title", "lang", "dir", "start", "datetime"))


def markdown(source: str, attachments: dict | None = None) -> str:
    """A Markdown cell as HTML, with its attached pictures inside."""
    renderer = IPythonRenderer(
        escape=False, attachments=attachments or {}, exclude_anchor_links=True
    )
    return MarkdownWithMath(renderer=renderer).render(source)


class Guests:
    """Tidies the foreign parts of one page in order, and counts their headings and tables."""

    def __init__(self, words: Words):
        self.words = words
        self.headings = self.tables = 0
        self.level = 1  # of the heading last seen on the page

    def tidy(self, html: str) -> tuple[Html, list[tuple[str, Html]]]:
        """The part made safe, and (id, title) of its headings of the second level."""
        soup = BeautifulSoup(html, "html.parser")
        for tag in soup.find_all(_FORBIDDEN):
            tag.decompose()
        for tag in soup.find_all(True):
            _strip(tag)
        contents = [self._heading(tag) for tag in soup.find_all(_HEADINGS)]
        for tag in soup.find_all("table"):
            self._table(soup, tag)
        return Html(str(soup)), [entry for entry in contents if entry]

    def _heading(self, tag: Tag) -> tuple[str, Html] | None:
        """The level as written, but below the page's title and at most one below the last."""
        self.level = min(max(int(tag.name[1]), 2), self.level + 1)
        self.headings += 1
        tag.name = f"h{self.level}"
        tag["id"] = f"own-{self.headings}"
        return (tag["id"], esc(tag.get_text(" ", strip=True))) if self.level == 2 else None

    def _table(self, soup: BeautifulSoup, table: Tag) -> None:
        """Column and row headings marked as such, a name, and a region to scroll in."""
        self.tables += 1
        name = self.words.say("page.guest_table", n=self.tables)
        for cell in table.find_all("th"):
            if not cell.get_text(strip=True):
                cell.name = "td"
            else:
                cell["scope"] = "col" if cell.find_parent("thead") else "row"
        if not table.find("caption"):
            caption = soup.new_tag("caption")
            caption.string = name
            table.insert(0, caption)
        region = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": name}
        table.wrap(soup.new_tag("div", attrs=region))


def _strip(tag: Tag) -> None:
    """Keep attributes that say something, links that only lead away when clicked, own pictures."""
    for name, value in list(tag.attrs.items()):
        target = str(value).strip().lower()
        link = ("#", "https:", "http:", "mailto:", "data:text/csv")
        leads = tag.name == "a" and name == "href" and target.startswith(link)
        picture = tag.name == "img" and name == "src" and target.startswith("data:image/")
        if name not in _KEPT and not leads and not picture:
            del tag[name]
    if tag.name == "img" and not tag.get("alt"):
        tag["alt"] = ""
