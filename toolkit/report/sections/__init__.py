"""The sections of the report, one function each: what a cell of the notebook calls."""

from toolkit.report.sections.benchmarks import benchmarks
from toolkit.report.sections.bucket import bucket
from toolkit.report.sections.certainty import certainty
from toolkit.report.sections.cohorts import cohorts
from toolkit.report.sections.concentration import concentration
from toolkit.report.sections.layers import layers
from toolkit.report.sections.own import figure
from toolkit.report.sections.reading import reading
from toolkit.report.sections.repeat import repeat
from toolkit.report.sections.rfm import rfm
from toolkit.report.sections.sales import sales
from toolkit.report.sections.summary import summary
from toolkit.report.sections.winback import winback

__all__ = [
    "benchmarks",
    "bucket",
    "certainty",
    "cohorts",
    "concentration",
    "figure",
    "layers",
    "reading",
    "repeat",
    "rfm",
    "sales",
    "summary",
    "winback",
]
