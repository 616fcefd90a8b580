"""An Energiehuis's own list of running loans: read, checked line by line, and written at once."""
