"""The money side of a contact: what it costs, what it may change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from toolkit import currency
from toolkit.action.calendar import Channel, rules_of
from toolkit.action.trial.response import Response
from toolkit.problems import InputProblem
from toolkit.settings import Settings

LETTER = "letter"


@dataclass(frozen=True)
class Way:
    """A way of contact the client has.

    cost: of one contact (minor units). response: its uplift relative to a letter's, assumed.
    lapsed: layers of the lapsed it is used for in winning back; None for all.
    """

    cost: float
    response: float = 1.0
    lapsed: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Economics:
    """Costs in minor units, shares 0..1; `assumed` names what rests on a default.

    contact_cost and kappa (low, middle, high) are those of the channel in question, at first of a
    letter (`by` gives those of another). measured: names of past campaigns kappa rests on, 0 where
    it is assumed. acquisition_cost: of one new customer, None where unknown. ways: the client's
    channels by name. budget (minor units, for contacts) and most_contacts: None for no limit.
    """

    margin_share: float
    contact_cost: float
    offer_cost: float
    kappa: tuple[float, float, float]
    assumed: tuple[str, ...]
    measured: int = 0
    acquisition_cost: float | None = None
    ways: Mapping[str, Way] = field(default_factory=lambda: MappingProxyType({}))
    budget: float | None = None
    most_contacts: int | None = None

    @property
    def channels(self) -> Mapping[str, Way]:
        """The client's channels; a letter at `contact_cost` where none is told."""
        return self.ways or {LETTER: Way(self.contact_cost)}

    @property
    def limited(self) -> bool:
        """Whether money or number of contacts is limited."""
        return self.budget is not None or self.most_contacts is not None

    def by(self, channel: str) -> Economics:
        """The economics of a contact by this channel: its cost and its response."""
        way = self.channels[channel]
        low, middle, high = (round(k * way.response, 6) for k in self.kappa)
        return replace(self, contact_cost=way.cost, kappa=(low, middle, high))


def economics_of(settings: Settings, response: Response | None = None) -> Economics:
    """The economics in the settings, in minor units of their currency.

    `response`: what campaigns have shown (`trial.response.corrected`); without it the settings'
    kappas. InputProblem for a channel that is not in the calendar's `[channels]`.
    """
    scale = 10 ** currency.decimals(settings.currency)
    low, middle, high = settings.kappas
    response = response or Response(low, middle, high)
    won, budget = settings.acquisition_cost, settings.budget
    return Economics(
        margin_share=settings.margin_share,
        contact_cost=float(settings.cost_per_contact) * scale,
        offer_cost=float(settings.offer_cost) * scale,
        kappa=(response.low, response.middle, response.high),
        assumed=settings.assumed(),
        measured=response.measured,
        acquisition_cost=None if won is None else float(won) * scale,
        ways=_ways(settings, scale),
        budget=None if budget is None else float(budget) * scale,
        most_contacts=settings.most_contacts,
    )


def _ways(settings: Settings, scale: int) -> dict[str, Way]:
    """The client's channels, in the order of the settings."""
    known = {LETTER: Channel()} | rules_of(settings).channels
    names = settings.channel_names or (LETTER,)
    wrong = [name for name in names if name not in known]
    if wrong:
        told = {"choices": ", ".join(known)}
        faults = [("unknown_channel", told | {"name": name}) for name in wrong]
        raise InputProblem.of(faults).in_language(settings.language)
    return {name: _way(known[name], settings, scale) for name in names}


def _way(channel: Channel, settings: Settings, scale: int) -> Way:
    cost = float(channel.cost_with(settings.cost_per_contact)) * scale
    return Way(round(cost, 2), channel.response, channel.lapsed)
