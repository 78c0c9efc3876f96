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
