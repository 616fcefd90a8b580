"""Measurements beside peers, as ratios; run with `make benchmark`."""
