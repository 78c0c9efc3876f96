"""Hundreds of files nobody should send: each ends in a ledger or in a message."""

import pytest
from hostile_bytes import made, tried


@pytest.mark.parametrize("block", range(2))
def test_whatever_is_sent_ends_in_a_ledger_or_in_a_message_that_names_the_file(tmp_path, block):
    ended = set()
    for seed in range(60 * block, 60 * (block + 1)):
        content, given = made(seed)
        path = tmp_path / "sales.csv"
        path.write_bytes(content)
        ended.add(tried(path, given))
    assert ended == {"ledger", "problem"}


def test_a_broken_row_of_megabytes_is_told_in_a_few_words(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_text("customer_id,date,amount\n1,2024-01-05,5," + "x y" * 1_000_000 + "\n")
    assert tried(path, {"language": "en"}) == "problem"
