"""Alembic migrations of the database; run through `energiehuis db upgrade`."""
