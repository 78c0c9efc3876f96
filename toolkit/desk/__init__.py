"""The desk: one diagnosis from file to finished folder, the demo client, and clients' files."""

from toolkit.desk.client_files import write_client_file
from toolkit.desk.demo import write_sample
from toolkit.desk.diagnosis import Failure, Refused, diagnose
from toolkit.desk.earlier import kept_in

__all__ = ["Failure", "Refused", "diagnose", "kept_in", "write_client_file", "write_sample"]
