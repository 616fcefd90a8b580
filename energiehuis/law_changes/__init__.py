"""Keeping the law: its cases, its checks, and changes from draft to the day they begin."""
