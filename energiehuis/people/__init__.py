"""Who households are: people, with a name or under an alias, and the households they live in."""
