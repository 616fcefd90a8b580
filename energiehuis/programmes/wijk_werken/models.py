"""Rows that only this programme keeps."""
