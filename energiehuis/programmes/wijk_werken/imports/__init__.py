"""The list of hours of VDAB's platform, read and held against what stands here."""
