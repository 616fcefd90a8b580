"""Wijk-werken: candidates, users and hours worked within the limits of a month and a year."""
