"""Numeric core of the Energiehuis: loans in whole cents, energy, carbon dioxide and scenarios.

Arrays in, arrays out. The package knows no files, no clock, no database and no law:
whoever calls it brings the parameters. One loan or one dwelling is an array of length one.
"""
