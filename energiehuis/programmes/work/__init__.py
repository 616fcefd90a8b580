"""Work placements of all programmes: who works where under which statute, from a day on."""
