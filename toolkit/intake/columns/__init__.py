"""Which column plays which part: as set, as a known format says, by name, or by content."""
