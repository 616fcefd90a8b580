"""Messages to other systems: written with the work they tell of, sent afterwards, at least once."""
