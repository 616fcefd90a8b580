"""Reports made from the key figures: what a municipality's council is shown of a year."""
