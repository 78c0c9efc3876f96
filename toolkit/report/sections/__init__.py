"""The sections of the report, one function each: what a cell of the notebook calls."""

from toolkit.report.sections.about_to_lapse import about_to_lapse
from toolkit.report.sections.benchmarks import benchmarks
from toolkit.report.sections.bucket import bucket
from toolkit.report.sections.certainty import certainty
from toolkit.report.sections.cohorts import cohorts
from toolkit.report.sections.concentration import concentration
from toolkit.report.sections.contacts import contacts
from toolkit.report.sections.control import control
from toolkit.report.sections.edges import edges
from toolkit.report.sections.equity import equity
from toolkit.report.sections.follow_up import follow_up
from toolkit.report.sections.golden import golden
from toolkit.report.sections.layers import layers
from toolkit.report.sections.movement import movement
from toolkit.report.sections.outlook import outlook
from toolkit.report.sections.own import figure
from toolkit.report.sections.periods import periods
from toolkit.report.sections.products import products
from toolkit.report.sections.prospects import prospects
from toolkit.report.sections.quality import quality
from toolkit.report.sections.reading import reading
from toolkit.report.sections.repeat import repeat
from toolkit.report.sections.results import results
from toolkit.report.sections.rfm import rfm
from toolkit.report.sections.rhythm import rhythm
from toolkit.report.sections.sales import sales
from toolkit.report.sections.sensitivity import sensitivity
from toolkit.report.sections.subscriptions import subscriptions
from toolkit.report.sections.summary import summary
from toolkit.report.sections.winback import winback
from toolkit.report.sections.years import years

__all__ = [
    "about_to_lapse",
    "benchmarks",
    "bucket",
    "certainty",
    "cohorts",
    "concentration",
    "contacts",
    "control",
    "edges",
    "equity",
    "figure",
    "follow_up",
    "golden",
    "layers",
    "movement",
    "outlook",
    "periods",
    "prospects",
    "products",
    "quality",
    "reading",
    "repeat",
    "results",
    "rfm",
    "rhythm",
    "sales",
    "sensitivity",
    "subscriptions",
    "summary",
    "winback",
    "years",
]
