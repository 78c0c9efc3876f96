"""What every test may ask for."""

from pathlib import Path

import pytest

REAL_DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


@pytest.fixture(scope="session")
def real_data():
    """The folder of real transaction files beside the repository; skips where there is none."""
    if not REAL_DATA.is_dir():
        pytest.skip("no real transaction files beside the repository")
    return REAL_DATA.resolve()
