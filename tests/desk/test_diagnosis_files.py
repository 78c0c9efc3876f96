"""The notebook runs in a folder of its own: it is told where the client's files really lie."""

import pytest

from toolkit.desk import diagnosis
from toolkit.problems import InputProblem
from toolkit.settings import Settings


def test_every_file_of_the_client_is_named_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    given = {"sales_file": "a.csv", "contacts_file": "log.csv", "prospects_file": "list.csv"}
    given |= {"customer_file": "master.csv", "lines_file": "items.csv"}
    told = diagnosis._parameters(Settings.checked(given), tmp_path / "finished")
    assert {name: told[name] for name in given} == {
        name: str(tmp_path.resolve() / file) for name, file in given.items()
    }


def test_a_file_that_is_not_given_stays_away(tmp_path):
    told = diagnosis._parameters(Settings.checked({"sales_file": "a.csv"}), tmp_path)
    assert not {"lines_file", "contacts_file", "prospects_file", "customer_file"} & told.keys()


def test_each_of_several_sales_files_is_named_in_full(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.checked({"sales_file": ["a.csv", "in/*.csv"]})
    told = diagnosis._parameters(settings, tmp_path / "finished")["sales_file"]
    assert told == [str(tmp_path.resolve() / name) for name in ("a.csv", "in/*.csv")]
    assert Settings.checked({"sales_file": told}).sales_files == tuple(told)


def test_a_channel_nobody_knows_is_told_before_anything_is_read(tmp_path):
    settings = Settings.checked({"sales_file": "not there.csv", "channels": "fax"})
    with pytest.raises(InputProblem) as problem:
        diagnosis.diagnose(settings, tmp_path / "out", lambda *_: None)
    assert problem.value.faults[0][0] == "unknown_channel"
    assert list(tmp_path.iterdir()) == []
