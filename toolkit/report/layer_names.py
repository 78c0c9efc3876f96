"""The names of the ten places as the reader sees them."""

from __future__ import annotations

import pandas as pd

from toolkit.book import LAYERS, STATES
from toolkit.words import Words

BREAK = "\u200b"  # where a line may break though nothing is seen


def place_name(layer: str, state: str, words: Words) -> str:
    """The place in the reader's words, such as 優良現役."""
    if layer == "outside":
        return words["layer.outside"]
    return words.say("place.name", layer=words[f"layer.{layer}"], state=words[f"state.{state}"])


def place_heading(layer: str, state: str, words: Words) -> str:
    """The place as the name of a narrow column: it may break between layer and state."""
    state = BREAK + words[f"state.{state}"]
    return words.say("place.name", layer=words[f"layer.{layer}"], state=state)


def by_place(table: pd.DataFrame, value: str, words: Words) -> pd.DataFrame:
    """A month table in wide form, newest first: month_end and one named column per place."""
    wide = table.pivot(index="month_end", columns=["layer", "state"], values=value)
    wide = wide[[(layer, state) for layer in LAYERS for state in STATES]][::-1]
    names = [place_heading(layer, state, words) for layer, state in wide.columns]
    return wide.set_axis(names, axis=1).reset_index()


def by_layer(wide: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A frame by month_end with a column per layer: newest first, the columns named."""
    return wide[::-1].rename(columns={k: words[f"layer.{k}"] for k in LAYERS}).reset_index()
