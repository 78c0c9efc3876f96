"""What looks wrong in a file although it was kept."""

from toolkit.book.quality.quality import Quality

__all__ = ["Quality"]
