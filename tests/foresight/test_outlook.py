"""The outlook of a shop: which method speaks, what judged it, and that nothing leaks."""

import datetime as dt

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from stand_in import fit_stand_in

from toolkit.book import keep_book
from toolkit.foresight import foresee
from toolkit.foresight.competitors import RULES, WORTH, Lesson, learn, learn_visits, settled
from toolkit.foresight.lessons import enough
from toolkit.foresight.referee import auc, noise_floor, seen_at, spread
from toolkit.intake import read_sales
from toolkit.settings import Settings

LINE = HORIZON = 60  # of the simulated shop, as set in conftest
CLOSING_DAY = 420


@pytest.fixture(scope="module")
def outlook(shop):
    return foresee(*shop, fit_stand_in)


def at(book, back, days=HORIZON):
    """What is known of the book so many windows before its closing date, and what followed."""
    origin = book.closing - dt.timedelta(days=back * days)
    return seen_at(book.visits_table, origin, LINE, fit_stand_in, ends={"": days}).customers


def lesson(book, back, days=HORIZON):
    """What is learnt from so many windows before the closing date: a year of windows."""
    origins = [back + k for k in range(round(365 / days))]
    frames = [at(book, k, days) for k in origins if CLOSING_DAY - (k + 1) * days >= 0]
    return Lesson(frames[0], tuple(one for one in frames[1:] if enough(one)))


def test_a_shop_of_some_size_gets_a_rule_judged_on_rolling_origins(shop, outlook):
    book, _ = shop
    assert outlook.method in RULES and outlook.why is None
    back = [book.closing - dt.timedelta(days=k * HORIZON) for k in (1, 2, 3)]
    assert (outlook.judged_at, list(outlook.origins)) == (back[0], back)
    assert outlook.horizon_days == outlook.judged_days == HORIZON
    assert outlook.scores.method.tolist() == list(RULES)
    assert outlook.scores.set_index("method").used[outlook.method]
    days = outlook.calibration.groupby("judged_at", sort=False).customers.sum()
    assert days.to_dict() == {day: len(at(book, k + 1)) for k, day in enumerate(back)}
    assert outlook.sampled is None and not outlook.season.helped


def test_the_winner_of_every_job_is_the_one_used(shop, outlook):
    book, _ = shop
    verdict = outlook.verdict
    tables = {"ranking": verdict.ranking, "counts": verdict.counts, "value": verdict.value}
    assert outlook.winners == {job: t.method[t.used].item() for job, t in tables.items()}
    now = seen_at(
        book.visits_table, book.closing, LINE, fit_stand_in, ends={"": HORIZON, "_long": HORIZON}
    ).customers
    known, found = lesson(book, 1), outlook.customers()
    rule = settled(learn(outlook.method, known), now)
    visits = learn_visits(outlook.winners["counts"], known, LINE, HORIZON).expected_visits(now)
    worth = WORTH[outlook.winners["value"]](now, visits, HORIZON)
    assert np.abs(found.chance - rule.chance(now)).max() < 1e-9
    assert found.expected_visits.tolist() == pytest.approx(visits.tolist())
    assert found.expected_amount.tolist() == pytest.approx(worth.tolist())


def test_the_judged_chances_were_learnt_a_window_before(shop, outlook):
    book, _ = shop
    means = [learn("regression", lesson(book, k + 1)).chance(at(book, k)).mean() for k in (1, 2, 3)]
    row = outlook.scores.set_index("method").loc["regression"]
    assert row.predicted == pytest.approx(np.mean(means), abs=1e-12)
    assert row.happened == pytest.approx(np.mean([at(book, k).came.mean() for k in (1, 2, 3)]))
    assert row.auc > 0.8 and row.brier < row.happened * (1 - row.happened)
    used = outlook.scores[outlook.scores.used].iloc[0]
    assert outlook.calibration_error == pytest.approx(used.calibration_error)
    assert outlook.calibration_error == pytest.approx(spread(outlook.calibration))
    assert outlook.calibration_floor == pytest.approx(noise_floor(outlook.calibration))


def test_what_happens_after_the_closing_date_changes_nothing(shop, outlook, shop_of, shop_orders):
    later = [("c000", CLOSING_DAY + 1, 900_000), ("new", CLOSING_DAY + 30, 500)]
    found = foresee(*shop_of(shop_orders + later), fit_stand_in)
    assert_frame_equal(found.customers(), outlook.customers())
    assert_frame_equal(found.calibration, outlook.calibration)
    for table in ("ranking", "counts", "value"):
        assert_frame_equal(getattr(found.verdict, table), getattr(outlook.verdict, table))


def test_other_outcomes_change_what_happened_and_not_what_was_predicted(shop, shop_of, shop_orders):
    # Half the customers do not come in the window that judges.
    origin = CLOSING_DAY - HORIZON
    book, _ = shop_of([o for o in shop_orders if o[1] <= origin or o[0][-1] in "02468"])
    told = [(lesson(one, 2), at(one, 1)) for one in (shop[0], book)]
    for name in RULES:
        chances = [settled(learn(name, taught), seen).chance(seen) for taught, seen in told]
        assert np.array_equal(*chances), name
    assert at(book, 1).came.mean() < 0.7 * at(shop[0], 1).came.mean()


def test_margin_is_spend_times_visits_of_a_returner_times_the_margin_share(shop, outlook):
    _, settings = shop
    customers = outlook.customers()
    margin = customers.spend_per_visit * outlook.visits_if_back * settings.margin_share
    assert customers.margin_if_returns.tolist() == pytest.approx(margin.tolist())
    assert outlook.visits_if_back >= 1


def test_margin_rests_on_the_amounts_of_the_winner_of_the_value_job(shop, outlook):
    # Whoever wins with visits times money: expected money over expected visits is the money.
    book, settings = shop
    assert outlook.winners["value"] != "spend_rate"
    found = outlook.customers()
    each = found.expected_amount / found.expected_visits
    assert found.spend_per_visit.tolist() == pytest.approx(each.tolist())


def test_what_goes_back_lowers_every_expected_amount_by_its_share(
    shop, outlook, shop_of, shop_orders
):
    # A tenth of all the money goes back on the day after the opening of the last window.
    book, _ = shop
    sales = sum(amount for *_, amount in shop_orders)
    back = [(shop_orders[0][0], CLOSING_DAY - 1, -(sales // 10))]
    days = {day for name, day, _ in shop_orders if name == shop_orders[0][0]}
    assert CLOSING_DAY - 1 not in days
    found = foresee(*shop_of(shop_orders + back), fit_stand_in).customers()
    assert found.chance.tolist() == outlook.customers().chance.tolist()
    for name in ("spend_per_visit", "expected_amount", "margin_if_returns"):
        wanted = outlook.customers()[name] * (1 - (sales // 10) / sales)
        assert found[name].tolist() == pytest.approx(wanted.tolist()), name


def test_every_customer_of_the_book_is_there_once(shop, outlook):
    book, _ = shop
    assert outlook.customers().customer_id.tolist() == book.customers().customer_id.tolist()
    rhythm = outlook.customers().set_index("customer_id").rhythm_days
    assert (rhythm.isna() == (book.customers().set_index("customer_id").n_visits == 1)).all()


def test_without_amounts_there_are_chances_and_no_money(shop_of, shop_orders):
    bare = [(name, day, None) for name, day, _ in shop_orders]
    found = foresee(*shop_of(bare, no_amount=True), fit_stand_in)
    customers = found.customers()
    assert found.method in RULES and set(found.winners) == {"ranking", "counts"}
    assert found.verdict.value is None
    assert customers.chance.between(0, 1).all() and (customers.expected_visits >= 0).all()
    money = ["spend_per_visit", "expected_amount", "margin_if_returns"]
    assert customers[money].isna().all(axis=None)


def one_day_shop(book_of, customers, came):
    """All customers buy on day 0, the first `came` of them again on day 90; closed on day 120."""
    orders = [(f"c{i:03}", 0, 1000) for i in range(customers)]
    orders += [(f"c{i:03}", 90, 1000) for i in range(came)]
    return book_of(orders, 120, lapse_days=LINE, horizon_days=HORIZON)


@pytest.mark.parametrize(
    ("customers", "came", "method", "why"),
    [
        (300, 30, "regression", None),
        (300, 29, "recency", "too_alike"),
        (300, 271, "recency", "too_alike"),
        (299, 30, "recency", "too_small"),
        (50, 1, "recency", "too_small"),
        (49, 1, "none", "nothing_to_learn"),
        (50, 0, "none", "nobody_came"),
    ],
)
def test_the_size_of_the_file_decides_the_method(book_of, customers, came, method, why):
    # In 40-day windows: a third of the file, in which the one round has nobody to learn from.
    outlook = foresee(*one_day_shop(book_of, customers, came), fit_stand_in)
    assert (outlook.method, outlook.why) == (method, why)
    assert outlook.judged_at is outlook.scores is outlook.calibration is outlook.verdict is None
    assert outlook.calibration_error is outlook.verdict_key is None and outlook.winners == {}
    assert outlook.customers().chance.isna().all() == (method == "none")


def test_customers_who_cannot_be_told_apart_all_get_the_base_rate(book_of):
    # At the origin (day 80) all 300 look alike and 30 came by day 120; the 270 still do then.
    book, settings = one_day_shop(book_of, 300, 30)
    customers = foresee(book, settings, fit_stand_in).customers()
    same = customers[customers.n_visits == 1]
    assert len(same) == 270
    assert same.chance.nunique() == 1
    assert learn("regression", lesson(book, 1, 40)).chance(
        at(book, 1, 40)
    ).tolist() == pytest.approx([0.1] * 300, abs=1e-4)


def test_a_short_file_is_learnt_from_in_thirds_and_stretched_to_the_horizon(book_of, shop_orders):
    # 420 days and a horizon of 200: windows of 140. Twice the customers, to learn from day 140.
    twice = shop_orders + [(f"d{name}", day, amount) for name, day, amount in shop_orders]
    book, settings = book_of(twice, CLOSING_DAY, lapse_days=LINE, horizon_days=200)
    outlook = foresee(book, settings, fit_stand_in)
    assert (outlook.judged_days, outlook.horizon_days) == (140, 200)
    now = seen_at(
        book.visits_table, book.closing, LINE, fit_stand_in, ends={"": 140, "_long": 200}
    ).customers
    rule = settled(learn(outlook.method, lesson(book, 1, 140)), now)
    found, learnt = outlook.customers().chance.to_numpy(), rule.chance(now)
    longer = now.chance_any_long.sum() / now.chance_any.sum()
    assert found.mean() == pytest.approx(learnt.mean() * longer, abs=1e-6)
    assert np.array_equal(np.argsort(found, kind="stable"), np.argsort(learnt, kind="stable"))


def test_a_file_shorter_than_the_horizon_gives_no_chances(book_of, shop_orders):
    outlook = foresee(*book_of(shop_orders, CLOSING_DAY, horizon_days=430), fit_stand_in)
    assert (outlook.method, outlook.why) == ("none", "nothing_to_learn")


def test_cdnow_is_ranked_and_the_lapsed_are_promised_what_came(real_data):
    # 18,605 customers are lapsed at 120 days on 1998-01-01, 2,524 of them came (13.6 %). Without
    # the bend in the weight of silence the mean chance was 15.9 %.
    given = {"currency": "USD", "amount_line": 70, "lapse_days": 120}
    settings = Settings(**given)
    book = keep_book(read_sales(real_data / "cdnow" / "CDNOW_master.txt", settings), settings)
    origins = [book.closing - dt.timedelta(days) for days in (360, 180)]
    earlier, known = (
        seen_at(book.visits_table, o, 120, fit_stand_in, ends={"": 180}).customers for o in origins
    )
    lapsed = known[known.recency_days >= 120]
    assert (len(lapsed), lapsed.came.sum()) == (18_605, 2_524)
    rule = learn("regression", Lesson(earlier))
    measured = [auc(one.came.to_numpy(), rule.order(one)) for one in (known, lapsed)]
    assert measured == pytest.approx([0.805, 0.701], abs=0.003)
    chance = rule.chance(lapsed)
    assert chance.mean() == pytest.approx(lapsed.came.mean(), rel=0.1)
    likely = chance > 0.3
    assert chance[likely].mean() == pytest.approx(lapsed.came[likely].mean(), rel=0.1)
