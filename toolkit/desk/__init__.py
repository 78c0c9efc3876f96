"""The desk: one diagnosis from file to finished folder, and the demo client."""

from toolkit.desk.demo import write_sample
from toolkit.desk.diagnosis import Failure, Refused, diagnose

__all__ = ["Failure", "Refused", "diagnose", "write_sample"]
