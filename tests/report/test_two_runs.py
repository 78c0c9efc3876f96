"""The whole of it, twice: diagnose, contact, and a month later read what the contacts earned."""

import csv
import datetime as dt
import random
from types import SimpleNamespace

import pandas as pd
import pytest
from read_sections import text

from toolkit import Settings, deliver, foresee, keep_book, plan_action, read_sales, show
from toolkit.report.tables.table import Diagnosis
from toolkit.report.trial_facts import trial_facts

OPENING, FIRST_RUN, SECOND_RUN = dt.date(2023, 1, 1), dt.date(2024, 2, 20), dt.date(2024, 3, 22)
PLANTED = 0.04
GIVEN = {
    "lapse_days": 100,
    "contact_cost": 10,
    "horizon_days": 140,
    "margin": 0.4,
    "language": "en",
}


def shop():
    """800 customers buy twice; 28 of them come in the window learnt from, one on the last day."""
    rows = [(f"{i:04}", OPENING + dt.timedelta(days=i % 4), 50_000 + i) for i in range(800)]
    rows += [(c, day + dt.timedelta(days=60), amount) for c, day, amount in rows]
    rows += [(f"{i:04}", OPENING + dt.timedelta(days=330), 60_000) for i in range(0, 784, 28)]
    return [*rows, ("0799", FIRST_RUN, 1_000)]


def month_after(groups):
    """One month more: of either group 5 % come by themselves, of the contacted 4 points more."""
    rows = []
    for group, share in (("hold_out", 0.05), ("contact", 0.05 + PLANTED)):
        names = sorted(groups.customer_id[groups.group == group])
        random.Random(1).shuffle(names)
        rows += [(c, dt.date(2024, 3, 10), 20_000) for c in names[: round(share * len(names))]]
    return [*rows, ("0799", SECOND_RUN, 1_000)]


def diagnosed(folder, name, rows, **settings):
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("customer_id", "date", "amount"), *rows])
    chosen = Settings.checked({"sales_file": str(path), **GIVEN, **settings})
    book = keep_book(read_sales(path, chosen), chosen)
    outlook = foresee(book, chosen)
    plan = plan_action(book, outlook, chosen)
    return SimpleNamespace(book=book, outlook=outlook, plan=plan, settings=chosen)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The first run delivered, its list sent and filled in, and the second, which reads it."""
    folder = tmp_path_factory.mktemp("twice")
    out = folder / "out" / "x"
    first = diagnosed(folder, "first", shop(), out=str(out / str(FIRST_RUN)))
    deliver(first.book, first.outlook, first.plan)
    path = out / str(FIRST_RUN) / "groups.csv"
    raw = path.read_bytes()
    groups = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    groups = groups[groups.list == "winback"].reset_index(drop=True)  # the letters that went out
    filled = groups.assign(sent=groups.group.map({"contact": "2024/2/24", "hold_out": ""}))
    filled.loc[:5, "reason"] = "moved"
    filled.to_csv(path, index=False, encoding="utf-8-sig")
    rows = shop() + month_after(groups)
    later = out / str(SECOND_RUN)
    later.mkdir()
    (later / "groups.csv").write_bytes(raw.replace(b"2024-02-20", b"2024-03-22"))
    second = diagnosed(folder, "second", rows, earlier_lists=str(out))
    return SimpleNamespace(
        folder=folder, first=first, second=second, raw=raw, groups=groups, out=out
    )


def test_the_lists_are_written_for_the_next_time(runs):
    assert runs.raw.startswith(b"\xef\xbb\xbf")
    assert set(runs.groups.sent) | set(runs.groups.reason) == {""}
    listed = runs.first.plan.winback
    part = listed[listed.decision != "leave"]
    own = runs.groups[runs.groups.list == "winback"]  # who is on the list of the active comes after
    assert len(own) == len(part) > 700
    held = part[part.group == "hold_out"]
    assert abs(len(held) - 0.2 * len(part)) <= 0.5
    row = runs.groups.iloc[0]
    assert (row.list, row.campaign, row.closing_date) == ("winback", "winback", str(FIRST_RUN))
    assert (row.channel, row.contact_cost, row.margin_share) == ("letter", "10.0", "0.4")


def test_shuffled_rows_draw_the_same_groups(runs):
    rows = shop()
    random.Random(3).shuffle(rows)
    again = diagnosed(runs.folder, "shuffled", rows).plan
    assert again.groups.equals(runs.first.plan.groups)


def test_a_month_more_moves_nobody(runs):
    before, after = (
        each.plan.groups.set_index(["campaign", "customer_id"]).group
        for each in (runs.first, runs.second)
    )
    both = before.index.intersection(after.index)
    assert len(both) > 600 and after[both].equals(before[both])


def test_the_planted_effect_is_found_again_and_used(runs):
    found = runs.second.plan.results
    (row,) = found.campaigns.to_dict("records")
    sizes = runs.groups.group.value_counts()
    assert (row["contacted"], row["held_out"]) == (sizes.contact, sizes.hold_out)
    assert row["contacted_came"] == round(0.09 * sizes.contact)
    assert row["held_out_came"] == round(0.05 * sizes.hold_out)
    assert (row["status"], row["judged"], row["days"]) == ("sent", "yes", 27)
    assert row["uplift_low"] < PLANTED < row["uplift_high"]
    came = row["contacted_came"] / row["contacted"]
    assert row["contacted_margin"] == pytest.approx(came * 0.4 * 20_000 - 10)
    assert found.reasons.values.tolist() == [["moved", 6]]
    low, middle, high = runs.second.plan.economics.kappa
    assert (low, middle, high) == (found.response.low, found.response.middle, found.response.high)
    assert middle != 0.25 and found.response.measured == len(runs.groups)
    listed = runs.second.plan.winback
    assert listed.uplift.tolist() == pytest.approx(
        (middle * listed.chance * (1 - listed.chance)).tolist(), abs=1e-6
    )


def test_the_sections_say_what_the_frames_hold(runs):
    second, facts = runs.second, trial_facts(runs.second.book, runs.second.plan)
    said = text(show.results(second.book, second.plan))
    row = second.plan.results.campaigns.iloc[0]
    assert f"of {row.contacted} contacted {row.contacted_came} came" in said
    assert f"{100 * row.uplift:.1f} points" in said
    assert "Net of the cost of contacts and offers" in said and "moved 6" in said
    assert facts["results.uplift"].interval == pytest.approx(
        (row.uplift_low, row.uplift_high), abs=1e-6
    )
    assert facts.value("results.judged") == 1
    letters = text(show.winback(*Diagnosis(second.book, second.outlook, second.plan)))
    assert f"of what {row.contacted + row.held_out} names of past campaigns" in letters
    assert "not measured yet" in text(
        show.winback(*Diagnosis(runs.first.book, runs.first.outlook, runs.first.plan))
    )
    assert "Read back so far: 1 campaign" in text(show.control(second.book, second.plan))


def test_the_second_run_reads_no_list_of_its_own_date(runs):
    assert (runs.out / str(SECOND_RUN) / "groups.csv").is_file()
    assert runs.second.plan.results.files == (f"{FIRST_RUN}/groups.csv",)
