"""Files of any kind, opened and read as columns of coded text."""
