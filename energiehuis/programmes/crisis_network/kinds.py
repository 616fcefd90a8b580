"""What this programme is to the shared core."""

from energiehuis.cases.programmes import Programme

PROGRAMME = Programme(code="crisis")
