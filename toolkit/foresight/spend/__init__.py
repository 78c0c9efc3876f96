"""What a customer's next visit is expected to bring."""

from toolkit.foresight.spend.amounts import spend_rows
from toolkit.foresight.spend.choice import Spend, fit_spend
from toolkit.foresight.spend.gamma_gamma import GammaGamma, fit_gamma_gamma
from toolkit.foresight.spend.independence import Independence, independence
from toolkit.foresight.spend.record import spend_record
from toolkit.foresight.spend.shrunken import Shrunken, fit_shrunken

__all__ = [
    "GammaGamma",
    "Independence",
    "Shrunken",
    "Spend",
    "fit_gamma_gamma",
    "fit_shrunken",
    "fit_spend",
    "independence",
    "spend_record",
    "spend_rows",
]
