"""What every test may ask for."""

from pathlib import Path

import pytest
from hypothesis import settings
from plain_counting import fit_plainly

# The same examples every time, so that a change alone decides whether the tests pass;
# --hypothesis-profile=default looks for others.
settings.register_profile("same", derandomize=True, max_examples=50)
settings.load_profile("same")
REAL_DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep the tests of a file on one worker, so that what they share is made once.

    But for those with a group of their own. Before xdist looks at the groups.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def real_data():
    """The folder of real transaction files beside the repository; skips where there is none."""
    if not REAL_DATA.is_dir():
        pytest.skip("no real transaction files beside the repository")
    return REAL_DATA.resolve()


@pytest.fixture(scope="session")
def counting():
    """In place of `fit_counts`: a model that needs no fit to speak of."""
    return fit_plainly
