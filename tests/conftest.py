"""What every test may ask for."""

from pathlib import Path

import pytest
from hypothesis import settings
from plain_counting import fit_plainly
from xdist.scheduler import LoadFileScheduling

# The same examples every time and no clock, so that a change alone decides whether the tests pass;
# --hypothesis-profile=default looks for others.
settings.register_profile("same", derandomize=True, max_examples=50, deadline=None)
settings.load_profile("same")
REAL_DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"


class ByWhatIsShared(LoadFileScheduling):
    """The tests of a file run on one worker, so that what they share is made once; likewise all
    tests of the folder whose real commands take longest.

    By the names of tests: groups by marks are lost in pytest 9.2 (pytest-xdist's issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return "end_to_end" if "/end_to_end/" in nodeid else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The longest folder comes early, as files are begun in their order."""
    config.option.loadscopereorder = False
    return ByWhatIsShared(config, log)


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
