import json
import re
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from toolkit import resources
from toolkit.report.markup import details, table
from toolkit.report.page import render_page
from toolkit.report.shown import Shown, figure_block, paragraph
from toolkit.report.style import drawing, new_figure

CANARY = '<img src=x onerror="window.P=1"><script>window.P=1</script>'
PAGE = {
    "client": f"山田商店{CANARY}",
    "closing_date": "2024-12-31",
    "titles": {"ja": "診断", "en": "Diagnosis"},
    "footer": {"ja": [f"注{CANARY}"], "en": ["A note"]},
}


@drawing()
def chart():
    figure, axes = new_figure()
    axes.barh([CANARY, "b"], [1, 2])
    return figure


def front(words):
    title = {"ja": "ひと目で", "en": "At a glance"}[words.language]
    return title, [paragraph(f"verdict {words.language}", "verdict"), paragraph(CANARY)]


def evidence(words):
    numbers = table(pd.DataFrame({CANARY: [CANARY], "n": [3]}), words, caption=CANARY)
    figure = figure_block(
        words, name="f", figure=chart(), finding=CANARY, description="3 of 4.", table_html=numbers
    )
    return CANARY, [figure, details(CANARY, paragraph(CANARY), kind="method")]


def cell(shown, **more):
    data, metadata = shown._repr_mimebundle_()
    return new_code_cell(
        "secret_code()", outputs=[new_output("display_data", data, metadata=metadata)], **more
    )


def executed(languages=("ja", "en"), extra=()):
    cells = [
        cell(Shown.written("front", languages, front, front=True, page=PAGE)),
        cell(Shown.written("evidence", languages, evidence)),
        *extra,
    ]
    for number, one in enumerate(cells):
        one.id = f"cell-{number}"
    started = {"papermill": {"start_time": "2025-01-02T03:04:05.678000+00:00"}}
    return new_notebook(cells=cells, metadata=started)


@pytest.fixture(scope="module", params=["ja", "en"])
def soup(request):
    return BeautifulSoup(render_page(executed(), request.param), "html.parser")


def test_the_page_speaks_one_language():
    page = render_page(executed(), "en")
    assert "verdict en" in page and "verdict ja" not in page
    soup = BeautifulSoup(page, "html.parser")
    assert soup.html["lang"] == "en" and soup.h1.get_text() == "Diagnosis"


def test_a_notebook_of_one_language_keeps_it_whatever_is_asked():
    soup = BeautifulSoup(render_page(executed(("ja",)), "en"), "html.parser")
    assert soup.html["lang"] == "ja" and "verdict ja" in soup.get_text()


def test_the_top_and_foot_of_the_page_say_whose_and_when(soup):
    ja = soup.html["lang"] == "ja"
    assert soup.header.find(class_="client").get_text() == PAGE["client"]
    assert soup.header.find(class_="closing").get_text() == (
        "締日 2024-12-31" if ja else "Closing date 2024-12-31"
    )
    assert soup.head.title.get_text() == f"{'診断' if ja else 'Diagnosis'} – {PAGE['client']}"
    assert soup.footer.p.get_text() == (f"注{CANARY}" if ja else "A note")
    assert "2025-01-02 03:04 UTC" in soup.footer.time.get_text()


def test_nothing_a_client_wrote_becomes_markup(soup):
    assert not soup.find(["script", "img"])
    assert not [tag for tag in soup(True) if any(name.startswith("on") for name in tag.attrs)]
    assert soup.get_text().count("window.P=1") >= 10  # it is there, as text


def test_the_page_forbids_itself_scripts_and_addresses(soup):
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == (
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert soup.find("meta", charset="utf-8")
    assert soup.find("meta", attrs={"name": "color-scheme"})["content"] == "light"


def test_the_page_loads_nothing(soup):
    for tag in soup(True):
        for name in ("src", "href", "xlink:href", "srcset", "data", "action", "style"):
            assert "http" not in tag.get(name, "") and "//" not in tag.get(name, "")
    assert not re.search(r"https?:|url\(|@import", "".join(s.get_text() for s in soup("style")))


def test_the_page_has_its_landmarks_and_a_way_past_them(soup):
    assert all(soup.find(name) for name in ("header", "nav", "main", "footer"))
    assert soup.nav["aria-label"] and soup.find(class_="skip")["href"] == f"#{soup.main['id']}"
    ids = [tag["id"] for tag in soup(id=True)]
    assert len(ids) == len(set(ids))
    links = [a["href"] for a in soup.nav("a")]
    assert links == ["#front", "#evidence"] and {link[1:] for link in links} <= set(ids)
    assert [a.get_text() for a in soup.nav("a")][1] == CANARY


def test_headings_start_with_one_title_and_skip_no_level(soup):
    levels = [int(tag.name[1]) for tag in soup(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(below - above <= 1 for above, below in zip(levels, levels[1:], strict=False))


def test_references_inside_the_page_lead_somewhere(soup):
    ids = {tag["id"] for tag in soup(id=True)}
    for tag in soup(True):
        wanted = tag.get("aria-labelledby", "").split()
        wanted += [tag["href"][1:]] if tag.get("href", "").startswith("#") else []
        assert set(wanted) <= ids


def test_printed_text_warnings_and_code_stay_in_the_notebook():
    noisy = new_code_cell(
        "secret_code()",
        outputs=[
            new_output("stream", name="stderr", text="leak stream"),
            new_output("execute_result", {"text/plain": "leak plain"}, execution_count=1),
        ],
    )
    page = render_page(executed(extra=[noisy]), "ja")
    assert "leak" not in page and "secret_code" not in page


def test_a_failed_run_has_no_report():
    fault = new_output("error", ename="E", evalue="fault", traceback=["traceback"])
    failed = executed(extra=[new_code_cell("fails()", outputs=[fault])])
    with pytest.raises(ValueError, match="a failed run has no report"):
        render_page(failed, "ja")


def test_an_analysts_own_cells_are_in_the_report_unless_kept_for_the_notebook():
    own = pd.DataFrame({"a": ["<b>x"]})._repr_html_()
    extra = [
        new_markdown_cell("# 考察\n\n#### 深い\n\n本文<script>x</script>"),
        new_code_cell("df", outputs=[new_output("display_data", {"text/html": own})]),
        new_markdown_cell("内輪の話", metadata={"tags": ["notebook-only"]}),
    ]
    soup = BeautifulSoup(render_page(executed(extra=extra), "ja"), "html.parser")
    assert [a.get_text() for a in soup.nav("a")][2:] == ["考察"]
    assert [h.name for h in soup(["h2", "h3"])][-2:] == ["h2", "h3"]
    assert soup("caption")[-1].get_text() == "追加の表 1"
    assert not soup.script and not soup.find("b") and "内輪" not in soup.get_text()


def test_a_notebook_without_sections_is_a_page_still():
    notebook = new_notebook(cells=[new_markdown_cell("text")], metadata={"title": "Mine <x>"})
    soup = BeautifulSoup(render_page(notebook, "en"), "html.parser")
    assert soup.h1.get_text() == "Mine <x>" and not soup.nav and not soup.footer.time


def test_the_same_notebook_gives_the_same_bytes_and_is_not_changed():
    notebook = executed()
    before = json.dumps(notebook, sort_keys=True)
    assert render_page(notebook, "ja") == render_page(executed(), "ja")
    assert json.dumps(notebook, sort_keys=True) == before


def test_plain_nbconvert_gives_the_same_page(tmp_path):
    path = tmp_path / "executed.ipynb"
    nbformat.write(executed(), path)
    templates = resources.folder("templates")
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--template", "report"]
    command += [f"--TemplateExporter.extra_template_basedirs={templates}"]
    command += ["--HTMLExporter.language_code=ja", str(path)]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    assert page == render_page(path, "ja")
    assert "verdict ja" in page
