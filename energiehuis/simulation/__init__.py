"""Rows and law become arrays, arrays become runs; the one door to the energy and scenario model."""
