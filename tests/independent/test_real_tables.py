"""Every table of the complete book on two public files, against the reference."""

import pytest
from comparison import differences
from public_tables import TABLES
from test_real_files import BOTH, expected, toolkit_of


@pytest.mark.parametrize("table", TABLES)
@BOTH
def test_a_table_of_a_real_file_agrees_with_the_reference(real_data, name, table):
    ask, work = TABLES[table]
    told = differences(ask(toolkit_of(real_data, name)[1]), work(expected(real_data, name)))
    assert not told, "\n".join(told[:20])
