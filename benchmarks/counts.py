"""Time of the count models, against `lifetimes` and at a million customers.

    python benchmarks/counts.py [--customers 1000000] [--cdnow CDNOW_master.txt]

First the customers of CDNOW ten times over (235,700; without the file as many of a shop simulated
at its parameters) from one row each, compression included, to fitted parameters: BG/NBD and
Pareto/NBD, beside those of `lifetimes` in the same process, and the ratio. `lifetimes` is no part
of the project and looked for on the path only; it goes into a folder that is thrown away:

    pip install --target /tmp/lifetimes_only --no-deps lifetimes autograd dill
    PYTHONPATH=.:/tmp/lifetimes_only python benchmarks/counts.py

Then a million simulated customers of up to three years with whole days (MBG/CNBD-2): compressing,
one fit with k and start given, the choice of family and k, and the figures for every customer a
year ahead. Printed are seconds, seconds of the processor (what counts where others are at work on
the machine) and, for the choices, the ratio to one look at the likelihood of all rows.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable
from pathlib import Path

import ibis
import numpy as np
import pandas as pd

from toolkit.foresight.counts import compressed, fit_counts, fit_family, histories_at
from toolkit.foresight.counts.cnbd import CnbdLoss
from toolkit.foresight.counts.rows import rows_of
from toolkit.foresight.counts.simulated import simulated_histories

CDNOW = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "cdnow"
CUT = pd.Timestamp("1997-09-30")
GROCER = {"r": 1.3292, "alpha": 2.8126, "a": 0.4247, "b": 0.7900}
MUSIC = {"r": 0.2516, "alpha": 4.7889, "a": 0.7234, "b": 2.1611}
HISTORY = ["repeats", "last_days", "age_days", "log_gaps"]


def timed(what: str, work: Callable, unit: float | None = None):
    """What the work gives, and its seconds; printed with their ratio to `unit`."""
    begun, busy = time.perf_counter(), time.process_time()
    found = work()
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    ratio = "" if unit is None else f"  {seconds / unit:8.1f} x"
    print(f"  {what:<44} {seconds:7.2f} s  {busy:7.2f} s of the processor{ratio}")
    return found, seconds


def music_shop(path: Path, times: int = 10) -> pd.DataFrame:
    """Histories of CDNOW so many times over, one row per customer."""
    if not path.exists():
        chance = np.random.default_rng(1)
        age = chance.integers(189, 273, 23_570 * times)
        shop = simulated_histories("bg_cnbd", 1, MUSIC, age, chance)
        return shop.assign(last_days=np.ceil(shop.last_days).astype(int))[HISTORY]
    days = pd.read_csv(path, sep=r"\s+", usecols=["customer_id", "date"]).drop_duplicates()
    days["date"] = pd.to_datetime(days["date"].astype(str))
    days = days.sort_values(["customer_id", "date"])
    days["previous_date"] = days.groupby("customer_id")["date"].shift()
    visits = ibis.memtable(days).mutate(
        date=ibis._.date.cast("date"), previous_date=ibis._.previous_date.cast("date")
    )
    histories = histories_at(visits, CUT.date()).to_pyarrow().to_pandas()[HISTORY]
    return pd.concat([histories] * times, ignore_index=True)


def beside_lifetimes(path: Path) -> None:
    """Both fits from one row per customer, and those of `lifetimes` where it is there."""
    shop = music_shop(path)
    print(f"{len(shop):,} customers of the music shop")
    own = {}
    for family in ("bg_cnbd", "pareto_nbd"):

        def fit(family: str = family):
            return fit_family(compressed(ibis.memtable(shop)), family)

        model, own[family] = timed(f"{family}, compressing and fitting", fit)
        print("   ", {name: round(value, 4) for name, value in model.parameters.items()})
    if importlib.util.find_spec("lifetimes") is None:
        print("  lifetimes is not on the path")
        return
    import lifetimes

    fitters = {"bg_cnbd": lifetimes.BetaGeoFitter, "pareto_nbd": lifetimes.ParetoNBDFitter}
    for family, fitter in fitters.items():
        arguments = shop.repeats, shop.last_days / 7, shop.age_days / 7
        done, _ = timed(
            f"lifetimes {fitter.__name__}", lambda f=fitter, a=arguments: f().fit(*a), own[family]
        )
        print("   ", {name: round(float(value), 4) for name, value in done.params_.items()})


def at_scale(customers: int) -> None:
    """Every step of so many customers."""
    chance = np.random.default_rng(1)
    age = chance.integers(0, 1096, customers)
    shop = simulated_histories("mbg_cnbd", 2, GROCER, age, chance)
    shop["last_days"] = np.ceil(shop.last_days).astype(int)
    shop["age_days"] = shop.age_days.astype(int)
    print(f"{customers:,} customers of up to three years")
    rows, _ = timed("compressing", lambda: compressed(ibis.memtable(shop[HISTORY])))
    print(f"    {len(rows):,} rows, {shop.repeats.mean():.2f} repeats a customer")
    loss, start = CnbdLoss(rows_of(rows), 2, 1), np.log([1.0, 2.0, 0.5, 1.0])
    _, look = timed("one look at the likelihood and its slopes", lambda: loss(start))
    given = dict(zip(GROCER, np.exp(start), strict=True))
    model, _ = timed("fit, k and start given", lambda: fit_family(rows, "mbg_cnbd", 2, given), look)
    chosen, _ = timed("fit, k and family chosen, three starts each", lambda: fit_counts(rows), look)
    print("   ", chosen.family, chosen.k, {n: round(v, 4) for n, v in chosen.parameters.items()})
    for name in ("chance_any", "chance_alive", "expected_visits"):
        horizon = () if name == "chance_alive" else (365,)
        timed(name, lambda n=name, h=horizon: getattr(model, n)(shop, *h), look)
    pareto, _ = timed("pareto_nbd, three starts", lambda: fit_family(rows, "pareto_nbd"), look)
    for name in ("chance_any", "expected_visits"):
        timed(f"pareto_nbd {name}", lambda n=name: getattr(pareto, n)(shop, 365), look)


def main() -> None:
    """Read the options, measure, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--customers", type=int, default=10**6)
    options.add_argument("--cdnow", type=Path, default=CDNOW / "CDNOW_master.txt")
    chosen = options.parse_args()
    beside_lifetimes(chosen.cdnow)
    at_scale(chosen.customers)


if __name__ == "__main__":
    main()
