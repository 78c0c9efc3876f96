"""Lots: who is held out, in what share, and that nothing but the campaign moves anybody."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.action.trial.groups import CONTACT, HOLD_OUT, assigned, bands, draw


def names(layers, start=0):
    return pd.DataFrame(
        {
            "customer_id": [f"C{start + i}" for i in range(len(layers))],
            "layer": layers,
            "band": [i % 3 for i in range(len(layers))],
        }
    )


listed = st.lists(st.sampled_from(["first", "steady", "prime"]), min_size=1, max_size=200)
shares = st.sampled_from([0.0, 0.1, 0.2, 0.5, 1.0])


@settings(max_examples=60)
@given(listed, shares, st.integers(0, 5))
def test_every_stratum_gives_its_share_and_so_does_the_whole_list(layers, share, seed):
    table = names(layers)
    table["group"] = assigned(table, "spring", share, seed)
    held = table.group == HOLD_OUT
    assert abs(held.sum() - share * len(table)) <= 0.5
    for _, part in table.groupby(["layer", "band"]):
        assert abs((part.group == HOLD_OUT).sum() - share * len(part)) <= 1
    assert set(table.group) <= {CONTACT, HOLD_OUT}


@settings(max_examples=60)
@given(listed, shares, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_moves_nobody(layers, share, shuffling):
    table = names(layers)
    order = list(table.index)
    shuffling.shuffle(order)
    shuffled = table.loc[order]
    assert assigned(shuffled, "spring", share).sort_index().equals(assigned(table, "spring", share))


@settings(max_examples=60)
@given(listed, listed, shares)
def test_a_list_made_again_a_month_later_moves_nobody(layers, newcomers, share):
    table = names(layers)
    before = assigned(table, "spring", share).set_axis(table.customer_id)
    later = pd.concat([table.assign(band=(table.band + 1) % 3), names(newcomers, 1_000)])
    later = later.reset_index(drop=True)
    after = assigned(later, "spring", share, earlier=before).set_axis(later.customer_id)
    assert after[before.index].equals(before)
    fresh = after.drop(before.index)
    held = (after == HOLD_OUT).sum()
    assert held >= (before == HOLD_OUT).sum()
    if share in (0.0, 1.0):
        assert (fresh == (HOLD_OUT if share else CONTACT)).all()


def test_another_campaign_or_seed_draws_other_lots():
    table = names(["steady"] * 400)
    spring = assigned(table, "spring", 0.5)
    assert 120 < (spring == assigned(table, "autumn", 0.5)).sum() < 280
    assert 120 < (spring == assigned(table, "spring", 0.5, seed=1)).sum() < 280


def test_lots_are_spread_evenly():
    lots = pd.Series([draw("spring", 0, f"C{i}") for i in range(10_000)])
    assert (pd.cut(lots, 10, labels=False).value_counts() - 1_000).abs().max() < 150


def test_a_lot_is_the_same_on_every_machine():
    # sha256("spring\x1f0\x1fC1"), its first eight bytes over 2**64
    assert draw("spring", 0, "C1") == pytest.approx(LOT_OF_C1, abs=1e-12)


LOT_OF_C1 = 0.8845876409305555


def test_bands_are_fifths_of_each_layer():
    score = pd.Series([5.0, 1.0, 3.0, 2.0, 4.0, 7.0])
    layer = pd.Series(["a", "a", "a", "a", "a", "b"])
    assert bands(score, layer).tolist() == [4, 0, 2, 1, 3, 0]
