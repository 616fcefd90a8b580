"""Konekti, one family one plan: families referred by partners, helped within the month."""
