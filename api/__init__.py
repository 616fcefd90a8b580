"""The only package that knows HTTP: JSON under `/api/v1` and pages for people."""
