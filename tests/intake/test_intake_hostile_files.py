"""Every file of the corpus becomes the ledger typed beside it."""

import pytest
from hostile_files import corpus

from toolkit.intake import read_sales
from toolkit.settings import Settings

CASES = corpus()
NAMES = [case.form.encode("unicode_escape").decode() for case in CASES]


@pytest.mark.parametrize(
    "case", CASES, ids=[case.form.encode("unicode_escape").decode() for case in CASES]
)
def test_a_hostile_file_becomes_its_ledger(tmp_path, case):
    for name, content in case.files.items():
        (tmp_path / name).write_bytes(content)
    asked = tmp_path if case.ask == "." else tmp_path / case.ask
    ledger = read_sales(asked, Settings.checked({"language": "en"} | case.settings))
    orders = ledger.orders.order_by(["source_file", "source_row"]).to_pyarrow().to_pylist()
    assert [(o["customer_id"], str(o["date"]), o["amount"]) for o in orders] == case.orders
    left = ledger.set_aside
    assert list(zip(left.source_row, left.reason, strict=True)) == case.set_aside
    assert ledger.source.rows_read == ledger.source.rows_kept + len(left)


def test_the_corpus_has_every_form_once():
    forms = [case.form for case in CASES]
    print("\n".join(forms))
    assert len(forms) == len(set(forms)) >= 60
