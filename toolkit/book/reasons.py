"""Why the lapsed left, where somebody wrote it down."""

from __future__ import annotations

import pandas as pd

from toolkit.book.shares import FEW


def lapsed_by_reason(lapsed: pd.DataFrame, logged: pd.DataFrame) -> pd.DataFrame | None:
    """The lapsed by the last reason logged for leaving; None where none has one.

    `lapsed`: customer_id, last_date (of the last visit), one row each. `logged`: customer_id, date,
    reason, any number of rows. A reason counts on the day of the last visit or later. One row per
    reason, most given first; then those given by fewer than five customers together (reason ""),
    since what few wrote may tell who they are; last the lapsed without one (reason null). Columns:
    reason, lapsed (customers), share (of all lapsed, 0..1; null below five). Our rule.
    """
    told = logged.assign(reason=logged.reason.fillna("").str.normalize("NFKC").str.strip())
    told = told[told.reason != ""].merge(lapsed, on="customer_id")
    told = told[told.date >= told.last_date].sort_values(["customer_id", "date", "reason"])
    last = told.drop_duplicates("customer_id", keep="last")
    if last.empty:
        return None
    counts = last.reason.value_counts()
    often = counts[counts >= FEW].rename_axis("reason").reset_index(name="lapsed")
    often = often.sort_values(["lapsed", "reason"], ascending=[False, True])
    rows = list(often.itertuples(index=False, name=None))
    few, without = int(counts[counts < FEW].sum()), len(lapsed) - len(last)
    rows += [("", few)] if few else []
    rows += [(None, without)] if without else []
    table = pd.DataFrame(rows, columns=["reason", "lapsed"]).astype({"reason": object})
    return table.assign(share=table.lapsed / len(lapsed) if len(lapsed) >= FEW else float("nan"))
