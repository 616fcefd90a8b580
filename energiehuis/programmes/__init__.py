"""The programmes of W13, one folder each, on the shared intake core of `energiehuis.cases`."""
