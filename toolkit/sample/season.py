"""Shop time: a clock that runs faster when mail-order customers buy more."""

from __future__ import annotations

import numpy as np

from toolkit.sample.shop import SampleShop

# January to December: the year-end (歳暮) and midsummer (中元) gifts, the quiet months after each.
MONTHS = np.array([0.78, 0.76, 0.93, 0.94, 0.92, 1.10, 1.38, 0.80, 0.86, 0.96, 1.18, 1.62])
WEEKDAYS = np.array([1.22, 1.10, 1.02, 1.00, 1.00, 0.84, 0.82])  # Monday to Sunday


class ShopClock:
    """Calendar days (from the shop's first date, may be negative) to shop time and back.

    Gaps between purchases are drawn in shop time. A gap that would end in November therefore
    really ends in December, instead of orders being copied into the busy months.
    """

    def __init__(self, shop: SampleShop):
        first = np.datetime64(shop.first_date, "D")
        self._days = np.arange(-int(shop.history_years * 366) - 2, shop.days + 2)
        dates = first + self._days
        months = MONTHS[dates.astype("datetime64[M]").astype(int) % 12]
        weekdays = WEEKDAYS[(dates.astype(int) + 3) % 7]  # 1970-01-01 was a Thursday
        speed = 1 + shop.season_strength * (months / MONTHS.mean() * weekdays - 1)
        self._time = np.concatenate([[0.0], np.cumsum(speed)[:-1]])

    def time(self, days: np.ndarray) -> np.ndarray:
        """Shop time of calendar days."""
        return np.interp(days, self._days, self._time)

    def days(self, time: np.ndarray) -> np.ndarray:
        """Calendar days of shop time; infinite beyond the closing date."""
        return np.interp(time, self._time, self._days, right=np.inf)
