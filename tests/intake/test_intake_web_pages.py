"""Tables in web pages that are called .xls."""

import pytest
from hostile_files import ORDERS, PLAIN

ROWS = [line.split(",") for line in PLAIN.split()]


def page(rows, before="", after="", charset="utf-8"):
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>\n" for row in rows)
    head = f'<html><head><meta charset="{charset}"><title>売上</title></head><body>'
    return f"{head}{before}<table border=1>{cells}</table>{after}</body></html>"


def orders(shop, content, name="sales.xls", **options):
    found = shop.orders(content, name=name, **options)
    return [(o["customer_id"], str(o["date"]), o["amount"]) for o in found]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16"])
@pytest.mark.parametrize("name", ["sales.xls", "sales.html"])
def test_a_table_saved_as_a_page_is_read(shop, encoding, name):
    assert orders(shop, page(ROWS), name, encoding=encoding) == ORDERS
    assert shop.read(page(ROWS), name=name, encoding=encoding).source.kind == "html"


def test_what_stands_around_and_inside_cells_is_no_part_of_them(shop):
    before = "<script>if (a < b) write('<td>x</td>')</script><table><tr><td>検索</td></tr></table>"
    rows = [
        ROWS[0],
        *([f"<b>{a}</b>&nbsp;", f"<font>{b}</font>", f" {c}\n "] for a, b, c in ROWS[1:]),
    ]
    assert orders(shop, page(rows, before, "<table><tr><td>1<td>2</table>")) == ORDERS


def test_rows_and_cells_that_are_never_closed(shop):
    content = "<table><tr><th>" + "<tr><td>".join("<td>".join(row) for row in ROWS)
    assert orders(shop, content) == ORDERS


def test_a_cell_over_several_rows_holds_for_all_and_its_amount_for_the_first(shop):
    content = "<table><tr><th>会員番号<th>注文日<th>商品名<th>金額</tr>"
    content += (
        "<tr><td rowspan=2>A-1<td rowspan=2>2024-01-05<td>茶<td>700</tr><tr><td>皿<td>500</tr>"
    )
    content += "<tr><td>B-2<td>2024-01-06<td>皿<td>500</tr></table>"
    assert [o[0] for o in orders(shop, content)] == ["A-1", "A-1", "B-2"]
    assert shop.amounts(content, name="sales.xls") == [700, 500, 500]
    spread = "<table><tr><th>会員番号<th>注文日<th>商品名<th>金額</tr>"
    spread += "<tr><td>A-1<td>2024-01-05<td>茶<td rowspan=2>1200</tr>"
    spread += (
        "<tr><td>A-1<td>2024-01-05<td>皿</tr><tr><td>B-2<td>2024-01-06<td>皿<td>500</tr></table>"
    )
    assert sum(shop.amounts(spread, name="sales.xls")) == 1700


def test_a_row_wider_than_the_header_is_set_aside(shop):
    assert shop.reasons(page([*ROWS, ["A", "2024-03-01", "1", "200"]]), name="sales.xls") == [
        (5, "unreadable", "A, 2024-03-01, 1, 200")
    ]


def test_a_page_without_a_table_of_sales_is_still_told(shop):
    login = "<html><body><form><table><tr><td>ID<td><input></tr><tr><td>Password<td></tr></table>"
    assert shop.faults(login, name="sales.xls") == {"not_table": {"file": "sales.xls"}}
    assert "not_table" in shop.faults("<?xml version='1.0'?><a/>", name="sales.xls")
