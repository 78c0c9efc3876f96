from nbformat.v4 import new_code_cell, new_notebook, new_output

from toolkit.report.looks import share_looks


def page_of(*cells):
    outs = [[new_output("display_data", {"text/html": html})] for html in cells]
    return new_notebook(cells=[new_code_cell("", outputs=out) for out in outs])


def html_of(nb):
    return [out.data["text/html"] for cell in nb.cells for out in cell.outputs]


def test_a_style_used_twice_is_said_once():
    nb = page_of(
        '<path d="M1" style="fill:red"></path><text style="fill:blue">a</text>',
        '<svg style="fill:red"></svg>',
    )
    assert share_looks(nb) == ".k0{fill:red}.k1{fill:blue}"
    assert html_of(nb) == [
        '<path d="M1" class="k0"></path><text class="k1">a</text>',
        '<svg class="k0"></svg>',
    ]


def test_what_is_no_drawing_keeps_its_style():
    html = '<td style="color:red">&lt;path style="fill:red"&gt;</td><pathetic style="x">'
    nb = page_of(html)
    assert share_looks(nb) == "" and html_of(nb) == [html]
