"""Who did or saw what: append-only lines in hash chains, written in the same transaction."""
