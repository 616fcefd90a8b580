"""Kracht.Wonen: situations of long homelessness, a pool of dwellings, stays and coaching."""
