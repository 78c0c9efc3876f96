"""The column that says of every row whether it is a product, postage, a discount or points."""

from __future__ import annotations

from toolkit.intake.columns.finder import Finder
from toolkit.intake.names import aliases, plain
from toolkit.intake.sales.row_kinds import CHARGES, PAID, kind_of
from toolkit.intake.tables.coded import Coded

MOST = 20  # values of such a column; our rule


def settle(find: Finder) -> None:
    """Settle the first free column of a file of no known system that ends in a word for kinds
    (明細区分, 種類, line_type) and holds words for goods beside some for charges."""
    glance = find.evidence.glance
    if find.format is not None or glance is None or find.is_given("line_kind"):
        return
    words = aliases()
    ends, of_else = tuple(words["status"]["kinds_end"]), words["row_kinds"]["of_else"]
    for at, name in enumerate(find.names):
        named = name.endswith(ends) and not any(word in name for word in of_else)
        if at not in find.taken and named and _tells(glance.columns[at]):
            find.settle_listed("line_kind", (at,))
            return


def _tells(column: Coded) -> bool:
    texts = [text for text in column.texts.to_pylist() if text.strip()]
    if len(texts) > MOST:
        return False
    kinds = {kind_of(text) for text in texts}
    goods = {plain(text) for text in texts} & set(aliases()["row_kinds"]["goods"])
    return bool(goods and kinds & set(CHARGES)) and not kinds & set(PAID)
