"""A client's settings read from a file."""

import pytest

from toolkit.client_file import client_file, read_client_file
from toolkit.problems import InputProblem
from toolkit.settings import Settings


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Writes clients/yamada/client.yaml into the folder worked in."""
    monkeypatch.chdir(tmp_path)

    def write(text, encoding="utf-8"):
        path = tmp_path / "clients" / "yamada" / "client.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    return write


def fault(path):
    with pytest.raises(InputProblem) as caught:
        read_client_file(path)
    ((key, values),) = caught.value.faults
    assert caught.value.text("ja") and caught.value.text("en")
    return key, values


def test_a_client_is_found_by_name_folder_and_file(kept, tmp_path):
    path = kept("sales_file: a.csv\n")
    for named in ("yamada", "clients/yamada", "clients/yamada/client.yaml"):
        assert client_file(named).resolve() == path
    assert client_file("suzuki") is None and client_file("a.csv") is None
    assert client_file("other.yml").name == "other.yml"  # missing is told when it is read


def test_a_sales_file_or_folder_of_a_clients_name_goes_first(kept, tmp_path):
    kept("sales_file: a.csv\n")
    (tmp_path / "yamada").mkdir()
    assert client_file("yamada") is None


def test_values_are_read_as_they_are_written(kept):
    path = kept(
        "client: 山田商店\nlapse_days: 100  # days\nday_starts_at: 10:30\n"
        "closing_date: 2024-03-31\nno_amount: yes\nmargin: 0.35\ncustomer_column: 007\n"
    )
    found = Settings.checked(read_client_file(path))
    assert (found.client, found.lapse_days, found.day_starts_at) == ("山田商店", 100, "10:30")
    assert (str(found.closing_date), found.no_amount, found.margin) == ("2024-03-31", True, 0.35)
    assert found.customer_column == "007"


def test_what_is_left_empty_is_not_set(kept):
    path = kept("lapse_days:\nmargin: ~\noffer_cost: null\nclient: ''\ncurrency: USD\n")
    assert read_client_file(path) == {"currency": "USD"}
    assert read_client_file(kept("# nothing\n")) == {}


def test_paths_are_as_seen_from_the_file(kept):
    path = kept("sales_file:\n  - ../../a.csv\n  - b.csv\ncontacts_file: log.csv\nout: ../out\n")
    folder = path.parent
    assert read_client_file(path) == {
        "sales_file": [str(folder / "../../a.csv"), str(folder / "b.csv")],
        "contacts_file": str(folder / "log.csv"),
        "out": str(folder / "../out"),
    }
    assert read_client_file(kept("sales_file: /data/a.csv"))["sales_file"] == "/data/a.csv"


def test_lists_of_words_and_numbers_may_be_lists(kept):
    path = kept("exclude_customers: [0, 9999]\nsubscription_words:\n- 定期\n- 頒布会\n")
    found = Settings.checked(read_client_file(path))
    assert (found.exclude_customers, found.subscription_words) == ("0,9999", "定期,頒布会")


def test_a_file_saved_by_an_old_editor_is_read(kept):
    assert read_client_file(kept("client: 山田商店\r\n", "cp932")) == {"client": "山田商店"}
    assert read_client_file(kept("client: 山田商店\r\n", "utf-8-sig")) == {"client": "山田商店"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("client: a\nlapse_days 100\nmargin: 0.4\n", 3),
        ("client: 'a\n", 2),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("- a\n- b\n", 1),
        ("just words", 1),
        ("? [a, b]\n: 1\n? [a, b]\n: 2\n", 3),
    ],
)
def test_what_is_no_list_of_settings_is_told_with_its_row(kept, text, row):
    key, values = fault(kept(text))
    assert key == "client_file_unreadable" and abs(values["row"] - row) <= 1


def test_bytes_that_are_no_text_are_told(kept):
    path = kept("")
    path.write_bytes(b"client: \x81\xff\xfe\n")
    assert fault(path)[0] == "client_file_unreadable"


def test_a_missing_file_is_named(tmp_path):
    key, values = fault(tmp_path / "client.yaml")
    assert key == "file_missing" and values["file"].endswith("client.yaml")
