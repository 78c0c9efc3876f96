import pandas as pd
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_notebook, new_output

from toolkit.report.markup import table
from toolkit.report.regions import name_regions
from toolkit.words import Words


def page_of(*parts):
    outs = [new_output("display_data", {"text/html": str(html)}) for html in parts]
    return new_notebook(cells=[new_code_cell("", outputs=[out]) for out in outs])


def made(caption):
    return table(pd.DataFrame({"a": [1]}), Words("en"), caption=caption)


def test_a_region_is_named_by_the_caption_it_holds():
    nb = page_of(made("Sales & <b>more</b>"), made("Sales & <b>more</b>"))
    name_regions(nb)
    html = "".join(out.data["text/html"] for cell in nb.cells for out in cell.outputs)
    soup = BeautifulSoup(html, "html.parser")
    names = [div["aria-labelledby"] for div in soup.select("div[role=region]")]
    assert names == ["t1", "t2"] == [caption["id"] for caption in soup("caption")]
    assert {caption.get_text() for caption in soup("caption")} == {"Sales & <b>more</b>"}
    assert not soup.select("[aria-label]") and html.count("Sales") == 2


def test_other_regions_keep_the_name_they_have():
    html = '<div class="scroll" tabindex="0" role="region" aria-label="A"><p>A</p></div>'
    nb = page_of(html)
    name_regions(nb)
    assert nb.cells[0].outputs[0].data["text/html"] == html
