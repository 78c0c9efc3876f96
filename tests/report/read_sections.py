"""A section of the report as a reader has it before them: its page, and the words on it."""

import re

from bs4 import BeautifulSoup

NOT_FOR_PEOPLE = re.compile(r"\bnan\b|\bNaN\b|\binf\b|<NA>|NaT|[{}]|Decimal\(|Fraction\(")


def soup(made, language="en"):
    return BeautifulSoup(str(made.html[language]), "html.parser")


def text(made, language="en"):
    """The words of a section but for those in its drawings."""
    return text_of(soup(made, language))


def text_of(page):
    for tag in page.find_all("svg"):
        tag.extract()
    return re.sub(r"\s+", " ", page.get_text(" ", strip=True))
