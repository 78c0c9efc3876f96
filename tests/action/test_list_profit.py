"""What the win-back list earns in shops whose customers' response is known, against the best list.

Run with -s to see the table. All profits are expected ones given what a file shows, in yen.
"""

import datetime as dt
import re
from functools import cache
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack
from shops_of_response import Shop, learnt, population, truth

from toolkit.action import Economics
from toolkit.action.choice import best_possible, chosen
from toolkit.action.economics import Way
from toolkit.action.score import RESPONSES, priority
from toolkit.action.winback import winback_list

COST, BAND = 120.0, (0.1, 0.25, 0.5)
# Mean margin of a visit and its spread; by layer the response of fledgling, steady, prime and of
# regulars on leave, who come whatever is done.
INSIDE = {
    "low": (0.1, 0.1, 0.1, 0.1),
    "middle": (0.25, 0.25, 0.25, 0.25),
    "high": (0.5, 0.5, 0.5, 0.5),
    "the loyal most": (0.1, 0.25, 0.5, 0.25),
    "the loyal least": (0.5, 0.25, 0.1, 0.25),
}
OUTSIDE = {
    "sure buyers": (0.25, 0.25, 0.0, 0.0),
    "sleeping dogs": (0.25, 0.25, -0.25, 0.0),
    "nobody": (0.0, 0.0, 0.0, 0.0),
}
UNIFORM = ("low", "middle", "high")
SHOPS = {
    "food": (5_000, 0.9),
    "gifts": (8_000, 0.5),
    "cosmetics": (8_000, 0.9),
    "furniture": (20_000, 0.7),
    "thin": (3_000, 0.5),  # no list can promise 80 % there
}
CASES = [
    pytest.param(shop, response, offer, id=f"{shop}, {response}, offer {offer:.0f}")
    for shop, response, offer in [
        *((shop, response, 0.0) for shop in ("food", "gifts", "cosmetics") for response in INSIDE),
        *((shop, response, 0.0) for shop in ("furniture", "thin") for response in UNIFORM),
        *(("cosmetics", response, 300.0) for response in INSIDE),
        *(("cosmetics", response, 0.0) for response in OUTSIDE),
        *(("cosmetics", response, 300.0) for response in ("sure buyers", "sleeping dogs")),
    ]
]


def listed(now, chance, economics, response=None):
    """Who is to be contacted, in the order of the list."""
    day = dt.date(2026, 3, 31)
    table = pd.DataFrame(
        {
            "customer_id": now.customer_id,
            "layer": now.layer,
            "last_date": day,
            "gap_days": now.months * 30,
            "n_visits": now.n_visits,
            "amount": now.spent,
            "rhythm_days": 60.0,
            "chance": chance,
            "margin_if_returns": now.margin.astype(float),
            "response": 1.0 if response is None else response,
        }
    )
    made = winback_list(ibis.memtable(pa.Table.from_pandas(table, preserve_index=False)), economics)
    return now.index[now.customer_id.isin(made.customer_id[made.send])]


@cache
def earned(name, response, offer):
    """One row of the table: what each way of choosing earns, as a share of the best possible."""
    shop = Shop(name, *SHOPS[name], (INSIDE | OUTSIDE)[response])
    now = population(shop, 2)
    chance, kappa, uplift = truth(shop, now)
    profit = uplift * now.margin - COST - (chance + uplift) * offer
    best = float(profit.clip(lower=0).sum())
    known = learnt(now)
    economics = Economics(0.4, COST, offer, BAND, ())
    given = Economics(0.4, COST, offer, (1.0, 1.0, 1.0), ())
    ours = listed(now, known, economics)
    told = listed(now, known, given, kappa)
    row = {"best": best, "contacts": len(ours), "told": len(told)}
    row |= {"given": profit[told].sum(), "band": profit[ours].sum(), "everyone": profit.sum()}
    for rival, score in (("risk", 1 - known), ("spend", now.spent), ("p0", known)):
        order = np.argsort(-np.asarray(score), kind="stable")
        row[rival], row[f"{rival} of {len(ours)}"] = (
            profit.iloc[order[: len(at)]].sum() for at in (told, ours)
        )
    return pd.Series(row)


@pytest.fixture(scope="module")
def rows():
    """Every case once; the table is printed at the end."""
    made = {}
    yield made
    table = pd.DataFrame(made).T
    print("\nexpected profit, yen; `given`: true response known, `band`: assumed 0.1 / 0.25 / 0.5;")
    print("risk, spend, p0: as many contacts as `given`, ranked so")
    columns = ["best", "told", "given", "contacts", "band", "everyone", "risk", "spend", "p0"]
    print(table[columns].round().astype("Int64").to_string())


@pytest.mark.parametrize(("shop", "response", "offer"), CASES)
def test_the_list_earns_what_it_should(rows, shop, response, offer):
    row = earned(shop, response, offer)
    rows[f"{shop}, {response}" + (f", offer {offer:.0f}" if offer else "")] = row
    rivals = row[["everyone", "risk", "spend", "p0"]]
    assert row.given >= 0.95 * row.best
    assert (rivals < row.given).all() or response == "nobody"
    if response in INSIDE:
        assert row.band >= 0
        assert shop == "thin" or row.band >= 0.8 * row.best
        assert (row.filter(like=" of ") < row.band).all()
    elif response == "nobody":  # what the plan calls the loss if contacts change nothing
        assert row.band == pytest.approx(-COST * row.contacts)


def test_at_the_worst_response_it_beats_contacting_everyone(rows):
    for shop in SHOPS:
        cases = [row for name, row in rows.items() if name in {f"{shop}, {r}" for r in UNIFORM}]
        if len(cases) == len(UNIFORM):
            ours, everyone = (min(row[k] / row.best for row in cases) for k in ("band", "everyone"))
            assert ours > everyone


@pytest.mark.parametrize(("shop", "promised"), [("thin", 0.65), ("food", 0.88)])
def test_what_any_list_could_promise(shop, promised):
    """With one cost and no offer the best list of a size are those with the greatest uplift x
    margin, whatever the response; what the best size promises is known here, not to the list."""
    now = population(Shop(shop, *SHOPS[shop]), 2)
    chance, _, _ = truth(Shop(shop, *SHOPS[shop]), now)
    worth = np.sort(chance * (1 - chance) * now.margin)[::-1]
    sums = [np.cumsum(kappa * worth - COST) for kappa in BAND]
    most = np.min([each / each.max() for each in sums], axis=0).max()
    ours = min(earned(shop, r, 0.0).band / earned(shop, r, 0.0).best for r in UNIFORM)
    assert most == pytest.approx(promised, abs=0.005)
    assert most >= ours >= most - 0.2  # the chances it knows are estimates


CHANNELS = {"letter": Way(COST), "mail": Way(0.0, 0.2), "phone": Way(480.0, 1.5)}
SEVERAL = [
    pytest.param(shop, offer, names, id=f"{shop}, offer {offer:.0f}, {' '.join(names)}")
    for shop in ("food", "cosmetics", "thin")
    for offer in (0.0, 300.0)
    for names in (("letter",), ("letter", "mail"), ("letter", "mail", "phone"))
]


@pytest.mark.parametrize(("shop", "offer", "names"), SEVERAL)
def test_no_list_could_promise_more(shop, offer, names):
    """The greatest smallest share of the best possible, over parts of contacts as well: the
    solution of a linear program, which is a bound for every list whatever its channels."""
    now = population(Shop(shop, *SHOPS[shop]), 7).head(1500)
    ways = {name: CHANNELS[name] for name in names}
    economics = Economics(0.4, COST, offer, BAND, (), ways=ways)
    offers = pd.concat([_offer(now, economics.by(name), name) for name in names])
    best = np.array(best_possible(offers))
    found = chosen(offers, None, None)
    ours = (found.loc[found.send, list(RESPONSES)].sum().to_numpy() / best).min()
    n, who = len(offers), pd.factorize(offers.customer_id)[0]
    shares = csr_matrix(
        np.hstack([-(offers[list(RESPONSES)].to_numpy() / best).T, np.ones((3, 1))])
    )
    once = csr_matrix((np.ones(n), (who, np.arange(n))), shape=(who.max() + 1, n + 1))
    bound = linprog(
        np.append(np.zeros(n), -1),
        A_ub=vstack([shares, once]),
        b_ub=np.append(np.zeros(3), np.ones(who.max() + 1)),
        bounds=[(0, 1)] * n + [(None, 1)],
    )
    assert -bound.fun - 0.01 <= ours <= -bound.fun + 1e-9


def _offer(now, economics, channel):
    """A contact with everybody by one channel."""
    chance, cost = learnt(now), economics.contact_cost
    gains = {
        name: priority(chance, now.margin, kappa, economics)
        for name, kappa in zip(RESPONSES, economics.kappa, strict=True)
    }
    return now[["customer_id"]].assign(channel=channel, contact_cost=cost, **gains)


SHOWN = ("best", "given", "band", "everyone", "risk", "spend", "p0")
EVIDENCE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
WRITTEN = [
    *(("cosmetics", response) for response in INSIDE),
    *(("thin", response) for response in UNIFORM),
    *(("cosmetics", response) for response in ("sure buyers", "sleeping dogs", "nobody")),
]


def test_the_figures_written_down_are_these():
    """The table of docs/evidence.md, to a thousandth of the best possible."""
    text = (
        EVIDENCE.read_text(encoding="utf-8")
        .split("## What the win-back list earns")[1]
        .split("\n## ")[0]
    )
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    told = {line[0]: [int(re.sub("[, ]", "", cell)) for cell in line[1:]] for line in lines[1:]}
    for shop, response in WRITTEN:
        row = earned(shop, response, 0.0)
        written = told[f"{shop} ({SHOPS[shop][0]:,}), {response}"]
        near = max(0.001 * row.best, 100)
        assert written == [pytest.approx(row[k], abs=near) for k in SHOWN], (shop, response)
    assert len(told) == len(WRITTEN)
