"""Where the notebooks and templates lie, in a checkout and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `notebooks` or `templates`: the checkout's own, else the copy in the wheel."""
    beside = PACKAGE.parent / name
    return beside if (PACKAGE.parent / "pyproject.toml").exists() else PACKAGE / "_shipped" / name
