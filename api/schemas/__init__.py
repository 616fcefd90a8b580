"""Shapes of what comes in and goes out; the same ones for JSON and for pages."""
