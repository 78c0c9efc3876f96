"""The money side of a contact: what it costs, what it may change."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit import currency
from toolkit.settings import Settings


@dataclass(frozen=True)
class Economics:
    """Costs in minor units, shares 0..1; `assumed` names what rests on a default."""

    margin_share: float
    contact_cost: float
    offer_cost: float
    kappa: tuple[float, float, float]
    assumed: tuple[str, ...]


def economics_of(settings: Settings) -> Economics:
    """The economics in the settings, in minor units of their currency."""
    scale = 10 ** currency.decimals(settings.currency)
    return Economics(
        margin_share=settings.margin_share,
        contact_cost=float(settings.cost_per_contact) * scale,
        offer_cost=float(settings.offer_cost) * scale,
        kappa=settings.kappas,
        assumed=settings.assumed(),
    )
