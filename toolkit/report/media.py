"""Where a cell's output keeps the HTML of each language."""

KEY = "leakybucket"  # of the metadata a page is put together from


def mime(language: str) -> str:
    """The media type under which a cell's output holds the HTML of one language."""
    return f"text/vnd.{KEY}.{language}+html"
