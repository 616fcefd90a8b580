"""Key figures: what they mean as data, what they count as code, and who may see small counts."""
