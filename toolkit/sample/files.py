"""The two files as bytes: the sales as a Japanese shop exports them, and the truth behind them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.sample.dirt import RETURNED
from toolkit.sample.orders import Trade
from toolkit.sample.shop import SampleShop

HEADERS = {
    "order_id": "注文番号",
    "ordered_at": "注文日",
    "customer_id": "顧客番号",
    "channel": "受付",
    "product_id": "商品コード",
    "product_name": "商品名",
    "quantity": "数量",
    "amount": "金額",
    "state": "状態",
}
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


def sales_bytes(shop: SampleShop, rows: pd.DataFrame) -> bytes:
    """Rows of the sales file as CSV: CP932, CRLF, Japanese headers, quotes only where needed."""
    # How an amount or date is written hangs on the row's order, so doubled rows stay equal.
    slip = pd.factorize(rows["order_id"])[0]
    rng = np.random.default_rng([shop.seed, 4])
    styles = rng.random(slip.max() + 1)[slip]
    signs = rng.random(slip.max() + 1)[slip]
    written = rows.assign(
        ordered_at=_dates(rows),
        amount=_amounts(shop, rows, styles, signs),
    )
    text = written.rename(columns=HEADERS).to_csv(index=False, lineterminator="\r\n")
    return text.encode("cp932")


def truth_bytes(shop: SampleShop, trade: Trade, never_bought: list[str]) -> bytes:
    """One row per customer number in the sales, UTF-8 with BOM, CRLF.

    Columns: customer_id, first_purchase (ISO date, may lie before the file), left_on (ISO date,
    blank while still a customer), kind, rhythm_days (blank for those with no second purchase
    in them).
    """
    people = trade.people
    first = np.datetime64(shop.first_date, "D")
    came = first + np.floor(people["came"]).astype(int).to_numpy()
    stayed = ~np.isfinite(people["left"].to_numpy())
    left = first + np.where(stayed, 0, np.floor(people["left"].where(~stayed, 0))).astype(int)
    rhythm = people["rhythm_days"].round(1).astype(str)
    truth = pd.DataFrame(
        {
            "customer_id": people["customer_id"],
            "first_purchase": np.datetime_as_string(came),
            "left_on": np.where(stayed, "", np.datetime_as_string(left)),
            "kind": people["kind"],
            "rhythm_days": rhythm.where(people["kind"] != "one_time", ""),
        }
    )
    only = pd.DataFrame({"customer_id": never_bought, "kind": "sample_only"})
    truth = pd.concat([truth, only], ignore_index=True).fillna("")
    return truth.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _dates(rows: pd.DataFrame) -> np.ndarray:
    """Web orders carry a time (2024-05-03 12:34), slips typed by hand a bare day (2024/5/3)."""
    when = rows["ordered_at"].to_numpy().astype("datetime64[m]")
    days, at = np.unique(when.astype("datetime64[D]"), return_inverse=True)
    typed = np.array([f"{d.year}/{d.month}/{d.day}" for d in days.tolist()], object)
    iso = np.array([f"{d:%Y-%m-%d} " for d in days.tolist()], object)
    minute = (when - when.astype("datetime64[D]")).astype(int)
    hours = np.array([f"{m // 60:02}:{m % 60:02}" for m in range(1_440)], object)
    return np.where(rows["channel"] == "WEB", iso[at] + hours[minute], typed[at])


def _amounts(
    shop: SampleShop, rows: pd.DataFrame, styles: np.ndarray, signs: np.ndarray
) -> np.ndarray:
    plain = rows["amount"].astype(str).to_numpy(object)
    written = plain.copy()
    shares = [
        shop.full_width_share,
        shop.yen_sign_share,
        shop.yen_suffix_share,
        shop.comma_share,
    ]
    style = np.searchsorted(np.cumsum(shares), styles, side="right")
    for kind, write in enumerate((_full_width, _yen_sign, _yen_suffix, _commas)):
        chosen = style == kind
        written[chosen] = [write(int(amount)) for amount in plain[chosen]]
    # CP932 has no half-width yen sign: byte 5C is shown as one in Japan and read as a backslash.
    half = (style == 1) & (signs < 0.5)
    written[half] = [text.replace("￥", "\\") for text in written[half]]
    triangle = (rows["state"] == RETURNED).to_numpy() & (signs < shop.triangle_share)
    written[triangle] = ["△" + f"{-int(amount):,}" for amount in plain[triangle]]
    return written


def _full_width(amount: int) -> str:
    return str(amount).translate(FULL_WIDTH)


def _yen_sign(amount: int) -> str:
    return ("-" if amount < 0 else "") + f"￥{abs(amount):,}"


def _yen_suffix(amount: int) -> str:
    return f"{amount:,}円"


def _commas(amount: int) -> str:
    return f"{amount:,}"
