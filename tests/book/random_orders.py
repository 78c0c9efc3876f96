"""Random small sets of orders, dense in the days and amounts where rules change."""

import datetime as dt
import string

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

START = dt.date(2022, 1, 30)
CUTS = {"fledgling_days": 30, "amount_line": 2_500, "prime_days": 61, "lapse_days": 60}
few = settings(
    max_examples=3,  # of many customers each: the time goes into asking the engine
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[phase for phase in Phase if phase is not Phase.shrink],
)


@st.composite
def orders(draw):
    """Rows of (customer, date, amount) of five to twenty customers over some three years."""
    steps = st.sampled_from([0, 1, 29, 30, 31, 59, 60, 60, 61, 90, 200, 365])
    amounts = st.sampled_from([0, 1, 900, 1_250, 2_499, 2_500, -1, -900, -2_500])
    rows = []
    for name in string.ascii_uppercase[: draw(st.integers(5, 20))]:
        date = START + dt.timedelta(days=draw(st.integers(0, 300)))
        rows.append((name, date, 1_250))
        for step, amount in draw(st.lists(st.tuples(steps, amounts), max_size=10)):
            date += dt.timedelta(days=step)
            rows.append((name, date, amount))
    return rows


def ever_by(rows, day):
    """Names of those with a day of positive net amount up to `day`, counted plainly."""
    net = {}
    for name, date, amount in rows:
        net[name, date] = net.get((name, date), 0) + amount
    return {name for (name, date), amount in net.items() if amount > 0 and date <= day}
