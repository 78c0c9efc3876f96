"""The names that stand beside the numbers of customers, where some of them are nobody's."""

from __future__ import annotations

import re

import numpy as np

from toolkit.intake.columns.finder import Finder
from toolkit.intake.customers.walk_ins import walk_in
from toolkit.intake.names import aliases


def settle(find: Finder, keys: tuple[str, ...]) -> None:
    """Settle `key_name` on the first free column of a file of no known system whose name is one of
    customer's name and that has some of nobody (諸口, 店頭), where numbers tell customers apart.
    """
    glance = find.evidence.glance
    if find.format is not None or glance is None or keys[:1] != ("number",):
        return
    free = [at for at in range(len(find.header)) if at not in find.taken]
    says = {at: find.evidence.says("name", at) for at in free}
    other = re.compile("|".join(aliases()["no_customer"]["no_whole_names"]))
    whole = [at for at in free if not other.search(find.names[at])]
    named = [at for at in whole if says[at] in ("known", "word")]
    for at in sorted(named, key=lambda at: says[at]):
        column = glance.columns[at]
        if column.look_up(np.asarray(walk_in(column.texts))).any():
            find.settle_listed("key_name", (at,))
            return
