"""Engines, sessions and column types; what SQLite and PostgreSQL do differently stays in here."""
